package dev.abendkasse.server.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.customer.domain.Account;
import dev.abendkasse.server.customer.store.CustomerStore;
import dev.abendkasse.server.passwords.Vector;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import reactor.core.publisher.Flux;

/** Customers of a former shop, whose passwords were hashed there. */
class LegacyLoginTests {

    private static final String TODAY = "{argon2}$argon2id$v=19$m=19456,t=2,p=1$";

    private static TestDatabase database;
    private static TestServer server;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        server = TestServer.on(
                database,
                Map.of("abendkasse.security.sign-in-slot", "20ms", "abendkasse.security.password-queue", "60"));
        run("""
                create table renewal as select customer_id from customer where false;
                create function count_renewal() returns trigger language plpgsql as $$
                begin
                    if new.customer_id = '00000000-0000-7000-8000-000000000000' then
                        raise 'no renewal today';
                    end if;
                    insert into renewal values (new.customer_id);
                    return null;
                end $$;
                create trigger renewal after update on customer for each row
                    when (old.password_hash is distinct from new.password_hash) execute function count_renewal();
                """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Vector> formats() {
        return Vector.formats();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void m4CustomerSignsInWithTheHashOfTheFormerShopAndHasOneOfTheDayFromThenOn(Vector vector) {
        var customer = customer(vector.stored().text());

        assertThat(login(customer, vector.hash())).isEqualTo(401);
        assertThat(hash(customer)).isEqualTo(vector.stored().text());
        assertThat(login(customer, vector.password())).isEqualTo(200);
        assertThat(hash(customer)).startsWith(TODAY);
        assertThat(login(customer, vector.password())).isEqualTo(200);
        assertThat(renewals(customer)).isOne();
    }

    @Test
    void m4CustomerSignsInWithAHashThatWasWrapped() {
        var vector = of("sha1-salt-first");
        var customer = customer(vector.stored().wrapped().text());

        assertThat(login(customer, vector.password())).isEqualTo(200);
        assertThat(hash(customer)).startsWith(TODAY);
        assertThat(login(customer, vector.password())).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{noop}password", "password", "{bcrypt}$2a$31$a", "{md5}password", "{crc32}0"})
    void m6RowWhoseHashCannotBeReadIsAWrongPassword(String hash) {
        var customer = customer(hash);

        assertThat(login(customer, "password")).isEqualTo(401);
        assertThat(hash(customer)).isEqualTo(hash);
    }

    @Test
    void m4FiftyFirstLoginsAtOnceHashThePasswordAnewOnce() {
        var vector = of("phpass");
        var customer = customer(vector.stored().text());
        var accounts = server.bean(SignIn.class);

        var tokens = Flux.range(0, 50)
                .flatMap(_ -> accounts.login(email(customer), vector.password(), null), 50)
                .count();

        assertThat(Awaited.of(tokens)).isEqualTo(50);
        assertThat(hash(customer)).startsWith(TODAY);
        assertThat(renewals(customer)).isOne();
    }

    @Test
    void m4PasswordThatWasChangedMeanwhileStaysAsItIs() {
        var vector = of("phpass");
        var customer = customer(vector.stored().text());
        var old = new Account(new CustomerId(customer), vector.stored().text(), null, null);
        run("update customer set password_hash = 'another' where customer_id = '" + customer + "'");

        Awaited.of(server.bean(CustomerStore.class).renewPassword(old, TODAY));

        assertThat(hash(customer)).isEqualTo("another");
    }

    @Test
    void m4LoginSucceedsThoughTheNewHashCannotBeStored() {
        var vector = of("phpass");
        var customer = customer(
                UUID.fromString("00000000-0000-7000-8000-000000000000"),
                vector.stored().text());

        assertThat(login(customer, vector.password())).isEqualTo(200);
        assertThat(hash(customer)).isEqualTo(vector.stored().text());
    }

    private static Vector of(String format) {
        return formats().filter(one -> one.format().equals(format)).findAny().orElseThrow();
    }

    private static int login(UUID customer, String password) {
        return server.http()
                .post()
                .uri("/v1/sessions")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Map.of("email", email(customer), "password", password))
                .exchange()
                .expectBody()
                .returnResult()
                .getStatus()
                .value();
    }

    private static UUID customer(String hash) {
        return customer(UUID.randomUUID(), hash);
    }

    private static UUID customer(UUID id, String hash) {
        Awaited.of(database.client()
                .sql("""
                        with address as (
                            insert into customer_email (customer_id, email, canonical, match_key)
                            values (:id, :email, :email, sha256(:email::bytea))
                            returning customer_id
                        )
                        insert into customer (customer_id, name, password_hash)
                        select customer_id, 'Former Customer', :hash
                          from address
                        """)
                .bind("id", id)
                .bind("email", email(id))
                .bind("hash", hash)
                .then());
        return id;
    }

    private static String email(UUID customer) {
        return "customer-" + customer + "@example.org";
    }

    private static String hash(UUID customer) {
        return one("select password_hash from customer where customer_id = :id", customer, String.class);
    }

    private static long renewals(UUID customer) {
        return one("select count(*) from renewal where customer_id = :id", customer, Long.class);
    }

    private static <T> T one(String query, UUID customer, Class<T> type) {
        return Awaited.of(
                database.client().sql(query).bind("id", customer).mapValue(type).one());
    }

    private static void run(String sql) {
        Awaited.of(database.client().sql(sql).then());
    }
}
