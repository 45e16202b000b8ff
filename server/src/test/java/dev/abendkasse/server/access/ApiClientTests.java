package dev.abendkasse.server.access;

import static dev.abendkasse.server.access.AccessOffice.CLIENTS;
import static dev.abendkasse.server.access.AccessOffice.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Accounts of programs over HTTP. */
class ApiClientTests {

    private static final String SHOPS = "/v1/admin/shops";
    private static final String CASES = "/v1/back-office/cases";

    private static TestDatabase database;
    private static TestServer server;
    private static AccessOffice office;

    private final String id = "program-" + UUID.randomUUID();

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
    void theSecretIsShownOnceAndRepeatedOnlyToTheSameRequest() {
        var key = UUID.randomUUID();
        var draft = draft(id);

        var first = office.post(CLIENTS, key, draft).is(201);
        var again = office.post(CLIENTS, key, draft).is(201);

        assertThat(again.text()).isEqualTo(first.text());
        var secret = first.json().get("secret").asString();
        assertThat(office.connecting(id, secret).status()).isEqualTo(200);
        assertThat(office.get(CLIENTS + "/" + id).is(200).text()).doesNotContain(secret);
        assertThat(stored()).doesNotContain(secret);
        assertThat(office.post(CLIENTS, key, draft(id + "2")).is(422).code()).isEqualTo("idempotency-key-reused");
        assertThat(office.post(CLIENTS, UUID.randomUUID(), draft).is(409).code())
                .isEqualTo("already-exists");
    }

    @Test
    void theSameRequestAtOnceMakesOneProgramWithOneSecret() throws Exception {
        var key = UUID.randomUUID();
        var answers = new ConcurrentLinkedQueue<String>();
        AtOnce.Step step =
                () -> answers.add(office.post(CLIENTS, key, draft(id)).is(201).text());

        AtOnce.run(step, step, step, step);

        assertThat(answers.stream().distinct()).hasSize(1);
    }

    @Test
    void aProgramLosesScopesAndItsAccountWithinSeconds() {
        var token = office.connect(id, office.enrol(id, "\"admin\", \"back-office\""));
        assertThat(office.status(token, SHOPS)).isEqualTo(200);
        var path = CLIENTS + "/" + id;

        var changed = office.put(
                path, office.get(path).etag(), "{\"name\": \"Another name\", \"scopes\": [\"back-office\"]}");
        assertThat(changed.is(200).json().get("name").asString()).isEqualTo("Another name");
        soon(403, () -> office.status(token, SHOPS));
        assertThat(office.status(token, CASES)).isEqualTo(200);

        office.put(path + "/lock", null, null).is(200);
        soon(401, () -> office.status(token, CASES));
        office.delete(path + "/lock").is(200);
        soon(401, () -> office.status(token, CASES));
    }

    @Test
    void aLockedProgramGetsNoToken() {
        var secret = office.enrol(id, "\"gate\"");
        office.put(CLIENTS + "/" + id + "/lock", null, null).is(200);

        assertThat(office.connecting(id, secret).is(401).json().get("error").asString())
                .isEqualTo("invalid_client");

        office.delete(CLIENTS + "/" + id + "/lock").is(200);
        assertThat(office.connecting(id, secret).status()).isEqualTo(200);
    }

    @Test
    void oldAndNewSecretBothWorkUntilTheOldOneEnds() {
        var old = office.enrol(id, "\"gate\"");
        var key = UUID.randomUUID();

        var rotated = rotate(key, 3600).is(200);

        var present = rotated.json().get("secret").asString();
        assertThat(present).isNotEqualTo(old);
        assertThat(rotated.json().at("/client/oldSecretUntil").isMissingNode()).isFalse();
        assertThat(rotate(key, 3600).is(200).text()).as("the same request").isEqualTo(rotated.text());
        assertThat(office.connecting(id, old).status()).isEqualTo(200);
        assertThat(office.connecting(id, present).status()).isEqualTo(200);

        Awaited.of(database.client()
                .sql("update api_client set old_secret_until = clock_timestamp() where client_id = '" + id + "'")
                .then());
        assertThat(office.connecting(id, old).status()).isEqualTo(401);
        assertThat(office.connecting(id, present).status()).isEqualTo(200);
    }

    @Test
    void aSecretThatEndsAtOnceTakesItsTokensAlong() {
        var old = office.enrol(id, "\"back-office\"");
        var token = office.connect(id, old);
        assertThat(office.status(token, CASES)).isEqualTo(200);

        var present = rotate(UUID.randomUUID(), 0).is(200).json().get("secret").asString();

        assertThat(office.connecting(id, old).status()).isEqualTo(401);
        soon(401, () -> office.status(token, CASES));
        assertThat(office.status(office.connect(id, present), CASES)).isEqualTo(200);
    }

    @Test
    void listsComeInPages() {
        office.enrol(id, "\"gate\"");
        office.enrol(id.substring(0, 40) + "2", "\"gate\"");

        var first = office.get(CLIENTS + "?limit=1").is(200).json();
        var second = office.get(
                        CLIENTS + "?limit=100&cursor=" + first.get("nextCursor").asString())
                .is(200)
                .json();

        assertThat(first.get("items")).hasSize(1);
        assertThat(second.get("items").findValuesAsString("clientId"))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(first.get("items").findValuesAsString("clientId"));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        var nobody = CLIENTS + "/nobody";
        for (var answer : new AccessOffice.Answer[] {
            office.get(nobody),
            office.put(nobody, "\"1\"", "{\"name\": \"Nobody\", \"scopes\": [\"gate\"]}"),
            office.put(nobody + "/lock", null, null),
            office.delete(nobody + "/lock"),
            office.post(nobody + "/secret-rotation", UUID.randomUUID(), "{\"oldSecretSeconds\": 0}"),
            office.get(nobody + "/allotment"),
            office.put(nobody + "/allotment", "\"1\"", "{\"everything\": true}"),
        }) {
            assertThat(answer.is(404).code()).isEqualTo("api-client-not-found");
        }
    }

    private AccessOffice.Answer rotate(UUID key, int oldSecretSeconds) {
        return office.post(
                CLIENTS + "/" + id + "/secret-rotation", key, "{\"oldSecretSeconds\": " + oldSecretSeconds + "}");
    }

    private static String draft(String id) {
        return "{\"clientId\": \"%s\", \"name\": \"A program\", \"scopes\": [\"gate\"]}".formatted(id);
    }

    private static String stored() {
        return Awaited.of(database.client()
                .sql("select string_agg(result::text, ' ') from idempotency_key")
                .mapValue(String.class)
                .one());
    }
}
