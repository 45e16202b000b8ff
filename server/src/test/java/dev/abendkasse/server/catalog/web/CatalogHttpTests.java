package dev.abendkasse.server.catalog.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.abendkasse.sdk.AccessTokens;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** One server and one database per test class, and what its tests say to it. They are kept here, so one class runs at a time. */
@ResourceLock("dev.abendkasse.server.catalog.web.CatalogHttpTests")
abstract class CatalogHttpTests {

    static final String IN_A_WEEK = Instant.now()
            .plus(7, ChronoUnit.DAYS)
            .truncatedTo(ChronoUnit.SECONDS)
            .toString();
    static final String YESTERDAY = Instant.now()
            .minus(1, ChronoUnit.DAYS)
            .truncatedTo(ChronoUnit.SECONDS)
            .toString();

    private static final int MAX_ANSWER = 64 * 1024 * 1024;

    private static TestServer server;
    static WebTestClient http;
    static DatabaseClient db;

    @BeforeAll
    static void start() {
        var database = TestDatabase.fresh();
        server = TestServer.on(database);
        http = asAdmin(server);
        db = database.client();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static ResponseSpec get(String uri, Object... variables) {
        return http.get().uri(uri, variables).exchange();
    }

    static ResponseSpec post(String body, String uri, Object... variables) {
        return http.post()
                .uri(uri, variables)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    static ResponseSpec put(String ifMatch, String body, String uri, Object... variables) {
        return http.put()
                .uri(uri, variables)
                .header("If-Match", ifMatch)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    static String text(ResponseSpec answer) {
        return Objects.requireNonNull(
                answer.expectBody(String.class).returnResult().getResponseBody());
    }

    static <T> T read(ResponseSpec answer, String path) {
        return JsonPath.read(text(answer), path);
    }

    static String newPlan() {
        var answer = post(KAMMER, "/v1/admin/seating-plans");
        answer.expectStatus().isCreated();
        return read(answer, "$.seatingPlan.seatingPlanId");
    }

    static String newEvent(String title) {
        var answer = post("{\"title\": \"" + title + "\"}", "/v1/admin/events");
        answer.expectStatus().isCreated();
        return read(answer, "$.eventId");
    }

    static String newPerformance(String eventId, String draft) {
        var answer = post(draft, "/v1/admin/events/{id}/performances", eventId);
        answer.expectStatus().isCreated();
        return read(answer, "$.performanceId");
    }

    static String seated(String planId, String startsAt) {
        return draft(startsAt, "\"seatingPlanId\": \"" + planId + "\", \"seatedCategories\": [" + A + ", " + B + "]");
    }

    static String standing(String startsAt, int capacity) {
        return draft(startsAt, "\"generalAdmission\": [" + standing(capacity) + "]");
    }

    static String standing(int capacity) {
        return """
                {"category": "stehplatz", "name": "Stehplatz", "capacity": %d,
                 "priceTypes": [{"priceType": "full", "name": "Normalpreis", "amount": 900}]}""".formatted(capacity);
    }

    static String draft(String startsAt, String places) {
        return """
                {"hall": "Kammer", "startsAt": "%s", "timeZone": "Europe/Berlin", "salesStart": "%s", "salesEnd": "%s", %s}
                """.formatted(startsAt, YESTERDAY, startsAt, places);
    }

    /** @param until when the hold ends, as SQL */
    static void hold(String performanceId, String seatId, String until) {
        var changed = Awaited.of(db.sql("""
                update place set holder = :holder, held_until = %s, fence = fence + 1
                 where performance_id = :performance and seat_id = :seat
                """.formatted(until))
                .bind("holder", UUID.randomUUID())
                .bind("performance", UUID.fromString(performanceId))
                .bind("seat", seatId)
                .fetch()
                .rowsUpdated());
        assertThat(changed).isOne();
    }

    static final String A = """
            {"category": "kategorie-a", "priceTypes": [
                {"priceType": "full", "name": "Normalpreis", "amount": 4950},
                {"priceType": "reduced", "name": "Ermäßigt", "amount": 2500}]}""";

    static final String B = """
            {"category": "kategorie-oel", "priceTypes": [{"priceType": "full", "name": "Normalpreis", "amount": 2950}]}""";

    /** Two categories, three seats. */
    static final String KAMMER = """
            {"name": "Kammer", "size": {"width": 400, "height": 300},
             "categories": [{"name": "Kategorie A", "color": "#b23a48"}, {"name": "Kategorie Öl"}],
             "zones": [{"name": "Parkett", "position": {"x": 50, "y": 50}, "rows": [
                {"row_number": "1", "position": {"x": 0, "y": 0}, "seats": [
                    {"seat_guid": "p-1-1", "seat_number": "1", "position": {"x": 0, "y": 0}, "category": "Kategorie A"},
                    {"seat_guid": "p-1-2", "seat_number": "2", "position": {"x": 25, "y": 0}, "category": "Kategorie A"}]},
                {"row_number": "2", "position": {"x": 0, "y": 30}, "seats": [
                    {"seat_guid": "p-2-1", "seat_number": "1", "position": {"x": 0, "y": 0}, "category": "Kategorie Öl"}]}
             ]}]}
            """;

    /** The seat map of the largest hall is read whole. */
    private static WebTestClient asAdmin(TestServer server) {
        var token = AccessTokens.password(server.address(), "admin", TestServer.ADMIN_PASSWORD)
                .get();
        return server.http()
                .mutate()
                .defaultHeaders(headers -> headers.setBearerAuth(token))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_ANSWER))
                .build();
    }
}
