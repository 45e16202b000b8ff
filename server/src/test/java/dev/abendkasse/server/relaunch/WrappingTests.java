package dev.abendkasse.server.relaunch;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Login;
import dev.abendkasse.server.testing.Theatre;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Weak hashes of the former shop are wrapped, and nobody notices. */
class WrappingTests {

    private static Theatre theatre;
    private static FormerShop shop;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(
                Map.of("abendkasse.relaunch.look-every", "1h", "abendkasse.relaunch.wrapping-threads", "2"));
        shop = new FormerShop(theatre, "former-shop");
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void ownerSignsInBeforeAndAfterAndNoWeakHashIsLeftInClear() throws ApiException {
        var before = shop.sealed();
        var after = shop.sealed();
        var digest = FormerShop.WEAK.hash().split(":")[0];
        assertThat(dump()).doesNotContain(digest);

        login(before);
        wrap();
        login(after);

        assertThat(
                        theatre.count(
                                "select count(*) from customer where sealed_hash is not null"
                                        + " and not exists (select from sealed_hash_fault fault where fault.customer_id = customer.customer_id)"))
                .isZero();
        assertThat(dump()).doesNotContain(digest);
        expect(
                401,
                "login-failed",
                () -> theatre.shop().accounts().login(new Login().email(after).password(digest)));
    }

    @Test
    void jobGoesOnWhereItWasStoppedAndSaysHowFarItIs() throws ApiException {
        wrap();
        var done = theatre.office().relaunch().getPasswordWrapping().getWrapped();
        var emails = new ArrayList<String>();
        for (int i = 0; i < 60; i++) {
            emails.add(shop.sealed());
        }
        assertThat(theatre.office().relaunch().getPasswordWrapping().getSealed())
                .isGreaterThanOrEqualTo(60);

        // As a replica that dies leaves the lease to the next.
        Theatre.execute(
                theatre.db(), "update hash_wrapping set leased_until = clock_timestamp() - interval '1 second'");
        wrap();

        var wrapping = theatre.office().relaunch().getPasswordWrapping();
        assertThat(wrapping.getWrapped()).isEqualTo(done + 60);
        assertThat(wrapping.getSealed()).isEqualTo(wrapping.getFaults());
        assertThat(wrapping.getPerMinute()).isPositive();
        assertThat(wrapping.getExpectedEnd()).isNull();
        login(emails.getLast());
    }

    @Test
    void whileOneReplicaWrapsTheOthersDoNot() {
        var email = shop.sealed();
        Theatre.execute(
                theatre.db(), "update hash_wrapping set leased_until = clock_timestamp() + interval '1 minute'");

        theatre.server().bean(Wrapper.class).goOn().block();

        assertThat(theatre.count(
                        "select count(*) from customer where sealed_hash is not null and " + FormerShop.is(email)))
                .isOne();
        Theatre.execute(theatre.db(), "update hash_wrapping set leased_until = '-infinity'");
    }

    @Test
    void passwordThatTheOwnerHasChosenMeanwhileStays() {
        var email = shop.sealed();
        var store = theatre.server().bean(dev.abendkasse.server.relaunch.store.WrappingStore.class);
        var customer =
                theatre.value("select customer_id from customer where " + FormerShop.is(email), java.util.UUID.class);
        var sealed = theatre.value(
                "select encode(sealed_hash, 'hex') from customer where " + FormerShop.is(email), String.class);
        Theatre.execute(
                theatre.db(),
                "update customer set sealed_hash = null, password_hash = 'chosen' where " + FormerShop.is(email));

        store.keep(java.util.List.of(
                        new dev.abendkasse.server.relaunch.domain.WrappedHash(customer, sealed, "wrapped")))
                .block();

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

    private static void wrap() {
        Theatre.execute(theatre.db(), "update hash_wrapping set leased_until = '-infinity'");
        theatre.server().bean(Wrapper.class).goOn().block();
    }

    private static void login(String email) throws ApiException {
        theatre.shop().accounts().login(new Login().email(email).password(FormerShop.WEAK.password()));
    }

    /** Everything that is held about accounts, as a dump would have it. */
    private static String dump() {
        return theatre.value("select string_agg(customer::text, ' ') from customer", String.class);
    }
}
