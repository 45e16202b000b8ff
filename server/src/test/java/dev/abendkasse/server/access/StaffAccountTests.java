package dev.abendkasse.server.access;

import static dev.abendkasse.server.access.AccessOffice.STAFF;
import static dev.abendkasse.server.access.AccessOffice.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.passwords.Vector;
import dev.abendkasse.server.security.StaffAccounts;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

/** Accounts of staff over HTTP. */
class StaffAccountTests {

    private static final String PASSWORD = "a password for tests";
    private static final String SHOPS = "/v1/admin/shops";
    private static final String CASES = "/v1/back-office/cases";
    private static final String OWN_PASSWORD = "/v1/staff/me/password";

    private static final String TODAY = "{argon2}$argon2id$v=19$m=19456,t=2,p=1$";

    private static final Vector FORMER = Vector.formats()
            .filter(vector -> vector.format().equals("phpass"))
            .findAny()
            .orElseThrow();

    private static TestDatabase database;
    private static TestServer server;
    private static AccessOffice office;

    private final String name = "staff-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        server = TestServer.on(database);
        office = new AccessOffice(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aNewAccountSignsInWithItsScopes() {
        office.hire(name, PASSWORD, "\"back-office\"");

        var token = office.signIn(name, PASSWORD);

        assertThat(office.status(token, CASES)).isEqualTo(200);
        assertThat(office.status(token, SHOPS)).isEqualTo(403);
        var account = office.get(STAFF + "/" + name).is(200);
        assertThat(account.json().get("locked").asBoolean()).isFalse();
        assertThat(account.text()).doesNotContain("argon2").doesNotContain(PASSWORD);
        assertThat(account.etag()).isEqualTo("\"1\"");
    }

    /** When the costs of a hash rise one day. */
    @Test
    void passwordHasTheHashOfTheDayFromTheNextSignInOnAndNothingElseChanges() {
        office.hire(name, PASSWORD, "\"back-office\"");
        var token = office.signIn(name, PASSWORD);
        var before = office.get(STAFF + "/" + name).text();
        var outdated = outdate();

        assertThat(office.signingIn(name, "not the password").status()).isEqualTo(400);
        assertThat(hash()).isEqualTo(outdated);
        office.signIn(name, FORMER.password());
        var renewed = hash();
        office.signIn(name, FORMER.password());

        assertThat(renewed).startsWith(TODAY);
        assertThat(hash()).isEqualTo(renewed);
        assertThat(office.get(STAFF + "/" + name).text()).isEqualTo(before);
        assertThat(office.status(token, CASES)).isEqualTo(200);
    }

    @Test
    void passwordIsChangedByItsOwnerThoughASignInHashesThePresentOneAnewMeanwhile() throws Exception {
        office.hire(name, PASSWORD, "\"back-office\"");
        var token = office.signIn(name, PASSWORD);
        outdate();
        var since = Awaited.of(server.bean(StaffAccounts.class).prove(name, FORMER.password()));
        office.signIn(name, FORMER.password());
        assertThat(Awaited.of(server.bean(StaffAccounts.class).prove(name, FORMER.password())))
                .isEqualTo(since);

        outdate();
        AtOnce.run(
                () -> office.signingIn(name, FORMER.password()),
                () -> office.call(token, HttpMethod.PUT, OWN_PASSWORD, """
                        {"currentPassword": "%s", "newPassword": "another password"}""".formatted(FORMER.password()), Map.of())
                        .is(200));

        assertThat(office.signingIn(name, FORMER.password()).status()).isEqualTo(400);
        office.signIn(name, "another password");
    }

    /** A hash that is not of the day, of another password. */
    private String outdate() {
        run("update staff_account set password_hash = '" + FORMER.stored().text() + "' where user_name = '" + name
                + "'");
        return FORMER.stored().text();
    }

    private String hash() {
        return Awaited.of(database.client()
                .sql("select password_hash from staff_account where user_name = '" + name + "'")
                .mapValue(String.class)
                .one());
    }

    private static void run(String sql) {
        Awaited.of(database.client().sql(sql).then());
    }

    @Test
    void namesAreTakenOnce() {
        office.hire(name, PASSWORD, "\"gate\"");

        var again = office.post(STAFF, UUID.randomUUID(), """
                {"userName": "%s", "password": "another password", "scopes": ["admin"]}""".formatted(name));

        assertThat(again.is(409).code()).isEqualTo("already-exists");
        assertThat(office.signingIn(name, "another password").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"userName\": \"oidc:clerk\", \"password\": \"a password for tests\", \"scopes\": [\"gate\"]}",
                "{\"userName\": \"a/b\", \"password\": \"a password for tests\", \"scopes\": [\"gate\"]}",
                "{\"userName\": \"ok\", \"password\": \"too short\", \"scopes\": [\"gate\"]}",
                "{\"userName\": \"ok\", \"password\": \"a password for tests\", \"scopes\": []}",
                "{\"userName\": \"ok\", \"password\": \"a password for tests\", \"scopes\": [\"partner\"]}",
                "{\"userName\": \"ok\", \"password\": \"a password for tests\", \"scopes\": [\"customer\"]}",
            })
    void whatIsNoAccountIsRefused(String draft) {
        assertThat(office.post(STAFF, UUID.randomUUID(), draft).is(400).code()).isEqualTo("invalid-request");
    }

    @Test
    void whatAnAccountLosesStopsWithinSecondsForTokensThatAreOut() {
        office.hire(name, PASSWORD, "\"back-office\", \"admin\"");
        var token = office.signIn(name, PASSWORD);
        assertThat(office.status(token, SHOPS)).isEqualTo(200);
        var etag = office.get(STAFF + "/" + name).etag();

        office.put(STAFF + "/" + name, etag, "{\"scopes\": [\"back-office\"]}").is(200);

        soon(403, () -> office.status(token, SHOPS));
        assertThat(office.status(token, CASES)).isEqualTo(200);
    }

    @Test
    void twoWhoEditAtOnceDoNotUndoEachOther() {
        office.hire(name, PASSWORD, "\"gate\"");
        var path = STAFF + "/" + name;
        var etag = office.get(path).etag();

        office.put(path, etag, "{\"scopes\": [\"box-office\"]}").is(200);

        assertThat(office.put(path, etag, "{\"scopes\": [\"admin\"]}").is(412).code())
                .isEqualTo("version-conflict");
        assertThat(office.put(path, null, "{\"scopes\": [\"admin\"]}").is(428).code())
                .isEqualTo("precondition-required");
    }

    @Test
    void aLockedAccountIsOutWithinSecondsAndItsTokensForGood() {
        office.hire(name, PASSWORD, "\"back-office\"");
        var token = office.signIn(name, PASSWORD);
        assertThat(office.status(token, CASES)).isEqualTo(200);

        var locked = office.put(STAFF + "/" + name + "/lock", null, null).is(200);

        assertThat(locked.json().get("locked").asBoolean()).isTrue();
        assertThat(office.signingIn(name, PASSWORD).is(400).json().get("error").asString())
                .isEqualTo("invalid_grant");
        soon(401, () -> office.status(token, CASES));
        assertThat(office.put(STAFF + "/" + name + "/lock", null, null).is(200).etag())
                .as("locked once")
                .isEqualTo(locked.etag());

        office.delete(STAFF + "/" + name + "/lock").is(200);
        assertThat(office.status(office.signIn(name, PASSWORD), CASES)).isEqualTo(200);
        soon(401, () -> office.status(token, CASES));
    }

    @Test
    void aNewPasswordEndsTheOldOneAndItsTokens() {
        office.hire(name, PASSWORD, "\"back-office\"");
        var token = office.signIn(name, PASSWORD);

        office.put(STAFF + "/" + name + "/password", null, "{\"password\": \"another password\"}")
                .is(200);

        assertThat(office.signingIn(name, PASSWORD).status()).isEqualTo(400);
        assertThat(office.signingIn(name, "another password").status()).isEqualTo(200);
        soon(401, () -> office.status(token, CASES));
    }

    @Test
    void everyoneChangesTheirOwnPasswordIfTheyKnowIt() {
        office.hire(name, PASSWORD, "\"gate\"");
        var token = office.signIn(name, PASSWORD);

        var wrong = office.call(token, HttpMethod.PUT, OWN_PASSWORD, change("not my password"), Map.of());
        assertThat(wrong.is(422).code()).isEqualTo("password-wrong");
        assertThat(wrong.json().at("/errors/0/pointer").asString()).isEqualTo("#/currentPassword");

        office.call(token, HttpMethod.PUT, OWN_PASSWORD, change(PASSWORD), Map.of())
                .is(200);
        assertThat(office.signingIn(name, PASSWORD).status()).isEqualTo(400);
        assertThat(office.signingIn(name, "known to me only").status()).isEqualTo(200);
    }

    @Test
    void aProgramHasNoPasswordToChange() {
        var program = office.connect(name, office.enrol(name, "\"admin\""));

        var answer = office.call(program, HttpMethod.PUT, OWN_PASSWORD, change(PASSWORD), Map.of());

        assertThat(answer.is(403).code()).isEqualTo("forbidden");
    }

    @Test
    void listsComeInPages() {
        office.hire(name, PASSWORD, "\"gate\"");
        office.hire(name.substring(0, 40) + "2", PASSWORD, "\"gate\"");

        var first = office.get(STAFF + "?limit=2").is(200).json();
        var second = office.get(
                        STAFF + "?limit=100&cursor=" + first.get("nextCursor").asString())
                .is(200)
                .json();

        assertThat(first.at("/items/0/userName").asString()).isEqualTo("admin");
        assertThat(first.get("items")).hasSize(2);
        assertThat(second.get("items").findValuesAsString("userName"))
                .doesNotContainAnyElementsOf(first.get("items").findValuesAsString("userName"));
        office.get(STAFF + "?cursor=bm9uc2Vuc2U").is(400);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        for (var answer : new AccessOffice.Answer[] {
            office.get(STAFF + "/nobody"),
            office.put(STAFF + "/nobody", "\"1\"", "{\"scopes\": [\"gate\"]}"),
            office.put(STAFF + "/nobody/lock", null, null),
            office.delete(STAFF + "/nobody/lock"),
            office.put(STAFF + "/nobody/password", null, "{\"password\": \"another password\"}"),
        }) {
            assertThat(answer.is(404).code()).isEqualTo("staff-account-not-found");
        }
    }

    private static String change(String present) {
        return "{\"currentPassword\": \"%s\", \"newPassword\": \"known to me only\"}".formatted(present);
    }
}
