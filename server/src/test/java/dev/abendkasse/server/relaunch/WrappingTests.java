package dev.abendkasse.server.relaunch;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.abendkasse.office.model.PasswordWrapping;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Login;
import dev.abendkasse.server.relaunch.domain.SealedHash;
import dev.abendkasse.server.relaunch.domain.WrappedHash;
import dev.abendkasse.server.relaunch.store.WrappingStore;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Theatre;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Weak hashes of the former shop are wrapped, and nobody notices. */
class WrappingTests {

    private static final Map<String, Object> BY_HAND = Map.of(
            "abendkasse.relaunch.look-every", "1h",
            "abendkasse.relaunch.wrapping-threads", "2",
            "abendkasse.relaunch.wrapping-fresh-for", "0s");

    /** As when its holder has stood still for longer than it lasts. */
    private static final String FREE_LEASE = "update hash_wrapping set leased_until = '-infinity'";

    private static final String NOTE_EACH_WRAPPING = """
            create table noted_wrapping (customer_id uuid);
            create function note_wrapping() returns trigger language plpgsql as $$
            begin
                insert into noted_wrapping values (new.customer_id);
                return null;
            end
            $$;
            create trigger note_wrapping after update on customer for each row
                when (old.sealed_hash is not null and new.password_hash is not null) execute function note_wrapping()
            """;

    private static Theatre theatre;
    private static FormerShop shop;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(BY_HAND);
        shop = new FormerShop(theatre, "former-shop");
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void ownerSignsInBeforeAndAfterAndTheDigestIsNoPassword() throws ApiException {
        var before = shop.sealed();
        var after = shop.sealed();
        var digest = FormerShop.WEAK.hash().split(":")[0];

        login(before);
        wrap();
        login(after);

        assertThat(
                        theatre.count(
                                "select count(*) from customer where sealed_hash is not null"
                                        + " and not exists (select from sealed_hash_fault fault where fault.customer_id = customer.customer_id)"))
                .isZero();
        expect(
                401,
                "login-failed",
                () -> theatre.shop().accounts().login(new Login().email(after).password(digest)));
    }

    @Test
    void jobGoesOnWhereItWasStoppedAndSaysHowFarItIs() throws ApiException {
        wrap();
        var done = theatre.office().relaunch().getPasswordWrapping().getWrapped();
        shop.sealed(50);
        var email = shop.sealed();
        assertThat(theatre.office().relaunch().getPasswordWrapping().getSealed())
                .isGreaterThanOrEqualTo(51);

        // As a replica that dies leaves the lease to the next.
        Theatre.execute(
                theatre.db(), "update hash_wrapping set leased_until = clock_timestamp() - interval '1 second'");
        wrap();

        var wrapping = theatre.office().relaunch().getPasswordWrapping();
        assertThat(wrapping.getWrapped()).isEqualTo(done + 51);
        assertThat(wrapping.getSealed()).isEqualTo(wrapping.getFaults());
        assertThat(wrapping.getPerMinute()).isPositive();
        assertThat(wrapping.getExpectedEnd()).isNull();
        login(email);
    }

    @Test
    void whileOneReplicaWrapsTheOthersDoNot() {
        var email = shop.sealed();
        Theatre.execute(
                theatre.db(),
                "update hash_wrapping set leased_by = uuidv7(), leased_until = clock_timestamp() + interval '1 minute'");

        Awaited.of(theatre.server().bean(Wrapper.class).goOn());

        assertThat(theatre.count(
                        "select count(*) from customer where sealed_hash is not null and " + FormerShop.is(email)))
                .isOne();
        Theatre.execute(theatre.db(), FREE_LEASE);
    }

    /** The last of a second batch cannot be kept while somebody else holds its row, so that there is a middle to look at. */
    @Test
    void expectedEndIsWhenWhatIsLeftIsWrappedAtTheRateThatIsSaid() throws Exception {
        wrap();
        shop.sealed(52);
        Theatre.execute(theatre.db(), FREE_LEASE);
        PasswordWrapping halfway;
        try (var connection = DriverManager.getConnection(
                        theatre.database().jdbcUrl(), theatre.database().user(), null);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select from customer where customer_id = (select customer_id from customer"
                    + " where sealed_hash is not null order by customer_id desc limit 1) for update");
            var wrapping = theatre.server().bean(Wrapper.class).goOn().toFuture();
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> left() == 2);
            halfway = theatre.office().relaunch().getPasswordWrapping();
            connection.rollback();
            wrapping.get();
        }

        var minutes = (halfway.getSealed() - halfway.getFaults()) / halfway.getPerMinute();
        assertThat(halfway.getPerMinute()).isPositive();
        assertThat(halfway.getExpectedEnd())
                .isCloseTo(
                        OffsetDateTime.now().plus(Duration.ofMillis((long) (minutes * 60_000))),
                        within(1, ChronoUnit.MINUTES));
        assertThat(left()).isZero();
        assertThat(theatre.office().relaunch().getPasswordWrapping().getExpectedEnd())
                .isNull();
    }

    /** The lease goes to and fro while both are at it, as with replicas that stand still for longer than it lasts. */
    @Test
    void twoReplicasAtOnceWrapEachHashOnceAndLoseNone() throws Exception {
        wrap();
        var first = shop.sealed();
        shop.sealed(53);
        var last = shop.sealed();
        Theatre.execute(theatre.db(), FREE_LEASE);
        Theatre.execute(theatre.db(), NOTE_EACH_WRAPPING);
        var before = theatre.count("select wrapped from hash_wrapping");

        try (var replica = theatre.replica(BY_HAND)) {
            var here = theatre.server().bean(Wrapper.class);
            var there = replica.server().bean(Wrapper.class);
            AtOnce.run(() -> untilNoneIsLeft(here), () -> untilNoneIsLeft(there), () -> {
                for (int i = 0; i < 20; i++) {
                    Theatre.execute(theatre.db(), FREE_LEASE);
                }
            });
        }

        assertThat(theatre.count("select count(*) from noted_wrapping")).isEqualTo(55);
        assertThat(theatre.count("select count(distinct customer_id) from noted_wrapping"))
                .isEqualTo(55);
        assertThat(theatre.count("select wrapped from hash_wrapping")).isEqualTo(before + 55);
        login(first);
        login(last);
    }

    @Test
    void replicaThatHasLostItsLeaseKeepsNothingAndTheOtherLosesNothing() {
        var email = shop.sealed();
        var store = theatre.server().bean(WrappingStore.class);
        var slow = UUID.randomUUID();
        var other = UUID.randomUUID();
        Theatre.execute(theatre.db(), FREE_LEASE);
        var found = lease(store, slow);
        assertThat(lease(store, other)).isNull();
        assertThat(lease(store, slow)).isNotNull();
        Theatre.execute(theatre.db(), FREE_LEASE);
        assertThat(lease(store, other)).hasSameSizeAs(found);

        assertThat(Awaited.of(store.keep(slow, wrapped(found)))).isFalse();
        assertThat(lease(store, slow)).isNull();
        assertThat(sealed(email)).isOne();

        assertThat(Awaited.of(store.keep(other, wrapped(found)))).isTrue();
        assertThat(sealed(email)).isZero();
    }

    @Test
    void passwordThatTheOwnerHasChosenMeanwhileStays() {
        var email = shop.sealed();
        var store = theatre.server().bean(WrappingStore.class);
        var replica = UUID.randomUUID();
        Theatre.execute(theatre.db(), FREE_LEASE);
        lease(store, replica);
        var customer = theatre.value("select customer_id from customer where " + FormerShop.is(email), UUID.class);
        var sealed = theatre.value(
                "select encode(sealed_hash, 'hex') from customer where " + FormerShop.is(email), String.class);
        Theatre.execute(
                theatre.db(),
                "update customer set sealed_hash = null, password_hash = 'chosen' where " + FormerShop.is(email));

        assertThat(Awaited.of(store.keep(replica, List.of(new WrappedHash(customer, sealed, "wrapped")))))
                .isTrue();

        assertThat(theatre.value("select password_hash from customer where " + FormerShop.is(email), String.class))
                .isEqualTo("chosen");
    }

    @Test
    void whatCannotBeDecryptedIsCountedHoldsUpNoOtherAndIsAWrongPassword() throws ApiException {
        var broken = shop.sealed();
        Theatre.execute(
                theatre.db(),
                "update customer set sealed_hash = sealed_hash || '\\x00' where " + FormerShop.is(broken));
        var sound = shop.sealed();
        var faults = theatre.office().relaunch().getPasswordWrapping().getFaults();

        wrap();

        login(sound);
        expect(401, "login-failed", () -> login(broken));
        var wrapping = theatre.office().relaunch().getPasswordWrapping();
        assertThat(wrapping.getFaults()).isEqualTo(faults + 1);
        assertThat(wrapping.getExpectedEnd()).isNull();
    }

    @Test
    void longestHashThatIsTakenIsWrapped() {
        var email = shop.customer();
        shop.seal(email, "{md5-salt-first}" + "0".repeat(32) + ":" + "s".repeat(940));

        wrap();

        assertThat(theatre.value("select password_hash from customer where " + FormerShop.is(email), String.class))
                .startsWith("{argon2-over-md5-salt-first}");
    }

    @Test
    void hashThatComesInPlaceOfAFaultIsWrapped() throws ApiException {
        var email = shop.sealed();
        Theatre.execute(
                theatre.db(), "update customer set sealed_hash = sealed_hash || '\\x00' where " + FormerShop.is(email));
        wrap();
        shop.seal(email, FormerShop.WEAK.stored().text());

        wrap();

        login(email);
        assertThat(theatre.count(
                        "select count(*) from customer where sealed_hash is not null and " + FormerShop.is(email)))
                .isZero();
    }

    private static void untilNoneIsLeft(Wrapper wrapper) {
        while (left() > 0) {
            Awaited.of(wrapper.goOn());
        }
    }

    private static long left() {
        return theatre.count("select count(*) from customer where sealed_hash is not null and not exists"
                + " (select from sealed_hash_fault fault where fault.customer_id = customer.customer_id)");
    }

    private static long sealed(String email) {
        return theatre.count("select count(*) from customer where sealed_hash is not null and " + FormerShop.is(email));
    }

    private static @Nullable List<SealedHash> lease(WrappingStore store, UUID replica) {
        return Awaited.of(store.lease(replica, new UUID(0, 0), 1000, Duration.ofMinutes(1)));
    }

    private static List<WrappedHash> wrapped(List<SealedHash> found) {
        return found.stream()
                .map(hash -> new WrappedHash(hash.customerId(), HexFormat.of().formatHex(hash.sealed()), "wrapped"))
                .toList();
    }

    private static void wrap() {
        Theatre.execute(theatre.db(), FREE_LEASE);
        Awaited.of(theatre.server().bean(Wrapper.class).goOn());
    }

    private static void login(String email) throws ApiException {
        theatre.shop().accounts().login(new Login().email(email).password(FormerShop.WEAK.password()));
    }
}
