package dev.abendkasse.server.catalog.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class ProgrammeHttpTests extends CatalogHttpTests {

    private static final String PERFORMANCES = "/v1/admin/events/{id}/performances";
    private static final String PERFORMANCE = "/v1/admin/performances/{id}";

    @Test
    void newEventIsListedOnceItHasAPerformance() {
        var event = newEvent("Woyzeck");
        assertThat(found("Woyzeck")).isEmpty();

        newPerformance(event, standing(IN_A_WEEK, 1));

        assertThat(found("Woyzeck")).containsExactly(event);
    }

    @Test
    void changedEventHasAHigherVersionAndTheOldOneIsRefused() {
        var event = newEvent("Wozeck");

        put(
                        "\"1\"",
                        "{\"title\": \"Woyzeck\", \"description\": \"Fragment\\nin Szenen\"}",
                        "/v1/admin/events/{id}",
                        event)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"2\"")
                .expectBody()
                .jsonPath("$.title")
                .isEqualTo("Woyzeck")
                .jsonPath("$.description")
                .isEqualTo("Fragment\nin Szenen")
                .jsonPath("$.version")
                .isEqualTo(2);
        put("\"1\"", "{\"title\": \"Wozzeck\"}", "/v1/admin/events/{id}", event)
                .expectStatus()
                .isEqualTo(412);
        put("\"1\"", "{\"title\": \"Wozzeck\"}", "/v1/admin/events/{id}", UUID.randomUUID())
                .expectStatus()
                .isNotFound();
    }

    @Test
    void badEventIsRefusedWithItsPlace() {
        for (var title : List.of("", " ", "a\\u0000b", "x".repeat(201))) {
            post("{\"title\": \"" + title + "\"}", "/v1/admin/events")
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.errors[0].pointer")
                    .isEqualTo("#/title");
        }
        post("{}", "/v1/admin/events").expectStatus().isBadRequest();
        post("{\"title\": \"Faust\", \"x\": 1}", "/v1/admin/events")
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void changeWithoutVersionIsRefused() {
        http.put()
                .uri("/v1/admin/events/{id}", newEvent("Faust"))
                .bodyValue(Map.of("title", "Urfaust"))
                .exchange()
                .expectStatus()
                .isEqualTo(428);
    }

    @Test
    void seatsAndGeneralAdmissionCanBeCombined() {
        var draft = draft(IN_A_WEEK, places(newPlan(), A + "," + B, standing(2)));

        post(draft, PERFORMANCES, newEvent("Faust"))
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("ETag", "\"1\"")
                .expectBody()
                .jsonPath("$.categories[*].category")
                .isEqualTo(List.of("kategorie-a", "kategorie-oel", "stehplatz"))
                .jsonPath("$.categories[*].available")
                .isEqualTo(List.of(2, 1, 2));
    }

    @Test
    void performanceOfNothingIsNotFound() {
        post(standing(IN_A_WEEK, 1), PERFORMANCES, UUID.randomUUID())
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("event-not-found");
    }

    @Test
    void whatDoesNotFitTogetherIsRefusedWithItsPlaceAndChangesNothing() {
        var event = newEvent("Fehler");
        var plan = newPlan();
        var good = seated(plan, IN_A_WEEK);

        faulty(event, good.replace("Europe/Berlin", "Europe/Entenhausen"), "#/timeZone");
        faulty(event, good.replace(IN_A_WEEK, "2020-01-01T18:30:00Z"), "#/startsAt");
        faulty(event, good.replace("\"salesStart\": \"" + YESTERDAY, "\"salesStart\": \"" + IN_A_WEEK), "#/salesEnd");
        faulty(event, draft(IN_A_WEEK, places(plan, A, "")), "#/seatedCategories");
        faulty(event, draft(IN_A_WEEK, places(plan, A + "," + B + "," + A, "")), "#/seatedCategories/2/category");
        faulty(event, good.replace("kategorie-oel", "loge"), "#/seatedCategories/1/category");
        faulty(event, good.replace("reduced", "full"), "#/seatedCategories/0/priceTypes/1/priceType");
        faulty(event, draft(IN_A_WEEK, places(UUID.randomUUID().toString(), A, "")), "#/seatingPlanId");
        faulty(
                event,
                draft(IN_A_WEEK, places(plan, A + "," + B, standing(1).replace("stehplatz", "kategorie-a"))),
                "#/generalAdmission/0/category");
        faulty(event, draft(IN_A_WEEK, "\"generalAdmission\": []"), "#/generalAdmission");
        get("/v1/events/{id}", event).expectBody().jsonPath("$.performances").isEmpty();
    }

    @Test
    void brokenBoundIsRefusedWithItsPlace() {
        var good = standing(IN_A_WEEK, 5);

        outOfBounds(good.replace("900", "-1"), "#/generalAdmission/0/priceTypes/0/amount");
        outOfBounds(good.replace("\"capacity\": 5", "\"capacity\": 0"), "#/generalAdmission/0/capacity");
        outOfBounds(good.replace("stehplatz", "Steh Platz"), "#/generalAdmission/0/category");
        outOfBounds(good.replace("Europe/Berlin", "'"), "#/timeZone");
        outOfBounds(good.replace(IN_A_WEEK, "morgen"), "#/startsAt");
    }

    @Test
    void newPriceIsForLaterHoldsAndLeavesThePlacesAlone() {
        var plan = newPlan();
        var performance = newPerformance(newEvent("Preise"), seated(plan, IN_A_WEEK));
        hold(performance, "p-1-1", "'infinity'");

        put(
                        "\"1\"",
                        seated(plan, IN_A_WEEK).replace("4950", "5500").replace("Kammer", "Foyer"),
                        PERFORMANCE,
                        performance)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"2\"")
                .expectBody()
                .jsonPath("$.hall")
                .isEqualTo("Foyer")
                .jsonPath("$.categories[0].priceTypes[0].price.amount")
                .isEqualTo(5500)
                .jsonPath("$.categories[0].available")
                .isEqualTo(1);
    }

    @Test
    void placesCanChangeUntilOneWasHeld() {
        var plan = newPlan();
        var performance = newPerformance(newEvent("Umbau"), standing(IN_A_WEEK, 3));

        put("\"1\"", seated(plan, IN_A_WEEK), PERFORMANCE, performance)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.categories[*].category")
                .isEqualTo(List.of("kategorie-a", "kategorie-oel"));
        hold(performance, "p-1-1", "clock_timestamp() - interval '1 second'");
        put("\"2\"", standing(IN_A_WEEK, 3), PERFORMANCE, performance)
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("performance-in-use");
        get("/v1/performances/{id}", performance)
                .expectBody()
                .jsonPath("$.version")
                .isEqualTo(2)
                .jsonPath("$.categories[*].available")
                .isEqualTo(List.of(2, 1));
    }

    @Test
    void changeOfAnotherVersionIsRefused() {
        var performance = newPerformance(newEvent("Version"), standing(IN_A_WEEK, 3));

        put("\"7\"", standing(IN_A_WEEK, 3), PERFORMANCE, performance)
                .expectStatus()
                .isEqualTo(412);
        put("\"1\"", standing(IN_A_WEEK, 3), PERFORMANCE, UUID.randomUUID())
                .expectStatus()
                .isNotFound();
    }

    @Test
    void startCanMoveButNotIntoThePast() {
        var performance = newPerformance(newEvent("Verlegt"), standing(IN_A_WEEK, 3));
        var later = Instant.parse(IN_A_WEEK).plus(1, ChronoUnit.DAYS).toString();

        put("\"1\"", standing(later, 3), PERFORMANCE, performance)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.startsAt")
                .isEqualTo(later);
        put("\"2\"", standing("2020-01-01T18:30:00Z", 3), PERFORMANCE, performance)
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("#/startsAt");
    }

    private static void faulty(String event, String draft, String pointer) {
        List<String> pointers = read(refused(422, event, draft), "$.errors[*].pointer");
        assertThat(pointers).contains(pointer);
    }

    private static void outOfBounds(String draft, String pointer) {
        List<String> pointers = read(refused(400, UUID.randomUUID().toString(), draft), "$.errors[*].pointer");
        assertThat(pointers).containsExactly(pointer);
    }

    private static ResponseSpec refused(int status, String event, String draft) {
        var answer = post(draft, PERFORMANCES, event);
        answer.expectStatus().isEqualTo(status);
        return answer;
    }

    private static String places(String plan, String seated, String standing) {
        return "\"seatingPlanId\": \"%s\", \"seatedCategories\": [%s], \"generalAdmission\": [%s]"
                .formatted(plan, seated, standing);
    }

    private static List<String> found(String q) {
        return read(get("/v1/events?q={q}", q), "$.items[*].eventId");
    }
}
