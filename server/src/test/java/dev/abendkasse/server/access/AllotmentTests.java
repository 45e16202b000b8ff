package dev.abendkasse.server.access;

import static dev.abendkasse.server.access.AccessOffice.CLIENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** What partners may sell. */
class AllotmentTests {

    private static TestDatabase database;
    private static TestServer server;
    private static AccessOffice office;
    private static UUID performance;
    private static UUID another;

    private final String id = "partner-" + UUID.randomUUID();
    private String secret;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        performance = Awaited.of(Hall.open(database.client(), 10, 10));
        another = Awaited.of(Hall.open(database.client(), 10, 10));
        server = TestServer.on(database);
        office = new AccessOffice(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aNewPartnerMaySellNothing() {
        enrol();

        assertThat(isAllotted(performance)).isFalse();
        assertThat(own().get("everything").asBoolean()).isFalse();
        assertThat(own().get("performanceIds")).isEmpty();
    }

    @Test
    void performancesAreAllottedOneByOne() {
        enrol();

        set("{\"everything\": false, \"performanceIds\": [\"%s\"]}".formatted(performance))
                .is(200);

        assertThat(isAllotted(performance)).isTrue();
        assertThat(isAllotted(another)).isFalse();
        assertThat(own().at("/performanceIds/0").asString()).isEqualTo(performance.toString());
    }

    @Test
    void anEventIsAllottedWithAllItsPerformances() {
        enrol();

        set("{\"everything\": false, \"eventIds\": [\"%s\"]}".formatted(eventOf(another)))
                .is(200);

        assertThat(isAllotted(another)).isTrue();
        assertThat(isAllotted(performance)).isFalse();
    }

    @Test
    void everythingIsEverythingUntilItIsTakenBack() {
        enrol();

        set("{\"everything\": true, \"performanceIds\": [\"%s\"]}".formatted(performance))
                .is(200);
        assertThat(isAllotted(performance)).isTrue();
        assertThat(isAllotted(another)).isTrue();
        assertThat(own().has("performanceIds")).isFalse();

        set("{\"everything\": false}").is(200);
        assertThat(isAllotted(performance)).isFalse();
    }

    @Test
    void whatThereIsNotCannotBeAllotted() {
        enrol();

        var refused = set("{\"everything\": false, \"performanceIds\": [\"%s\", \"%s\"]}"
                .formatted(performance, UUID.randomUUID()));

        assertThat(refused.is(400).code()).isEqualTo("invalid-request");
        assertThat(refused.json().at("/errors/0/pointer").asString()).startsWith("#/performanceIds/");
        assertThat(isAllotted(performance)).as("nothing was changed").isFalse();
    }

    @Test
    void twoWhoEditAtOnceDoNotUndoEachOther() {
        enrol();
        var etag = office.get(path()).etag();
        office.put(path(), etag, "{\"everything\": true}").is(200);

        assertThat(office.put(path(), etag, "{\"everything\": false}").is(412).code())
                .isEqualTo("version-conflict");
    }

    private void enrol() {
        secret = office.enrol(id, "\"partner\"");
    }

    private String path() {
        return CLIENTS + "/" + id + "/allotment";
    }

    private AccessOffice.Answer set(String allotment) {
        return office.put(path(), office.get(path()).is(200).etag(), allotment);
    }

    private JsonNode own() {
        var token = office.connect(id, secret);
        return office.call(token, HttpMethod.GET, "/v1/box-office/allotment", null, Map.of())
                .is(200)
                .json();
    }

    private boolean isAllotted(UUID performanceId) {
        return Awaited.of(database.client()
                .sql("select allotted(:client, :performance)")
                .bind("client", id)
                .bind("performance", performanceId)
                .mapValue(Boolean.class)
                .one());
    }

    private static UUID eventOf(UUID performanceId) {
        return Awaited.of(database.client()
                .sql("select event_id from performance where performance_id = :performance")
                .bind("performance", performanceId)
                .mapValue(UUID.class)
                .one());
    }
}
