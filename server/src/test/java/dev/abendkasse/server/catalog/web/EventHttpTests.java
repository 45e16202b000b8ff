package dev.abendkasse.server.catalog.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventHttpTests extends CatalogHttpTests {

    @Test
    void performanceShowsWhatItCostsAndHowMuchIsFree() {
        var performance = newPerformance(newEvent("Faust"), seated(newPlan(), IN_A_WEEK));
        hold(performance, "p-1-1", "'infinity'");

        get("/v1/performances/{id}", performance)
                .expectStatus()
                .isOk()
                .expectHeader()
                .doesNotExist("ETag")
                .expectBody()
                .jsonPath("$.eventTitle")
                .isEqualTo("Faust")
                .jsonPath("$.startsAt")
                .isEqualTo(IN_A_WEEK)
                .jsonPath("$.onSale")
                .isEqualTo(true)
                .jsonPath("$.currency")
                .isEqualTo("EUR")
                .jsonPath("$.categories[0].kind")
                .isEqualTo("SEATED")
                .jsonPath("$.categories[0].capacity")
                .isEqualTo(2)
                .jsonPath("$.categories[0].available")
                .isEqualTo(1)
                .jsonPath("$.categories[0].priceTypes[1].priceType")
                .isEqualTo("reduced")
                .jsonPath("$.categories[0].priceTypes[1].price.amount")
                .isEqualTo(2500)
                .jsonPath("$.categories[1].name")
                .isEqualTo("Kategorie Öl");
    }

    @Test
    void generalAdmissionIsCounted() {
        var performance = newPerformance(newEvent("Konzert"), standing(IN_A_WEEK, 250));

        get("/v1/performances/{id}", performance)
                .expectBody()
                .jsonPath("$.seatingPlanId")
                .doesNotExist()
                .jsonPath("$.categories[0].kind")
                .isEqualTo("GENERAL_ADMISSION")
                .jsonPath("$.categories[0].available")
                .isEqualTo(250);
        get("/v1/performances/{id}/seats", performance)
                .expectBody()
                .jsonPath("$.seats")
                .isEmpty()
                .jsonPath("$.generalAdmission[0].available")
                .isEqualTo(250);
    }

    @Test
    void eventShowsItsPerformancesInOrder() {
        var event = newEvent("Nathan der Weise");
        var later = newPerformance(event, standing(inDays(9), 10));
        var sooner = newPerformance(event, standing(inDays(8), 10));

        get("/v1/events/{id}", event)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.performances[*].performanceId")
                .isEqualTo(List.of(sooner, later));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        get("/v1/events/{id}", UUID.randomUUID()).expectStatus().isNotFound();
        get("/v1/performances/{id}", UUID.randomUUID()).expectStatus().isNotFound();
        get("/v1/performances/{id}/seats", UUID.randomUUID())
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("performance-not-found");
        get("/v1/events/{id}", "faust").expectStatus().isBadRequest();
    }

    @Test
    void pagesShowEveryEventOnceAlsoWhenSomeStartTogether() {
        var expected = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            var event = newEvent("Reihe " + i);
            newPerformance(event, standing(inDays(20 + i / 3), 1));
            newPerformance(event, standing(inDays(30), 1));
            expected.add(event);
        }

        assertThat(walk("/v1/events?q=rEIHE&limit=2")).containsExactlyElementsOf(expected);
        assertThat(walk("/v1/events?q=reihe&limit=7")).containsExactlyElementsOf(expected);
    }

    @Test
    void searchKeepsToTheTimeAskedFor() {
        var event = newEvent("Zeitfenster");
        newPerformance(event, standing(inDays(40), 1));
        newPerformance(event, standing(inDays(50), 1));

        get("/v1/events?q=zeitfenster&from={f}&to={t}", inDays(45), inDays(51))
                .expectBody()
                .jsonPath("$.items[0].nextPerformanceAt")
                .isEqualTo(inDays(50))
                .jsonPath("$.items[0].performanceCount")
                .isEqualTo(1)
                .jsonPath("$.items[0].performances.length()")
                .isEqualTo(1)
                .jsonPath("$.nextCursor")
                .doesNotExist();
        get("/v1/events?q=zeitfenster&from={f}&to={t}", inDays(41), inDays(50))
                .expectBody()
                .jsonPath("$.items")
                .isEmpty();
    }

    @Test
    void signsInATitleHaveNoMeaning() {
        newPerformance(newEvent("100 % Gold_Stück"), standing(inDays(60), 1));

        assertThat(this.<List<String>>found("100 % g")).hasSize(1);
        assertThat(this.<List<String>>found("d_s")).hasSize(1);
        assertThat(this.<List<String>>found("g%ld")).isEmpty();
    }

    @Test
    void badSearchIsRefusedWithItsParameter() {
        refused("limit", "/v1/events?limit=0");
        refused("limit", "/v1/events?limit=101");
        refused("limit", "/v1/events?limit=many");
        refused("from", "/v1/events?from=tomorrow");
        refused("to", "/v1/events?to=2026-13-01T00:00:00Z");
        refused("cursor", "/v1/events?cursor=abc");
        refused("q", "/v1/events?q=" + "x".repeat(201));
        get("/v1/events?q={q}", "\0").expectStatus().isBadRequest();
    }

    @Test
    void extremeTimesFindNothingAndBreakNothing() {
        get("/v1/events?from=9999-12-31T23:59:59Z")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items")
                .isEmpty();
        get("/v1/events?to=0000-01-01T00:00:00Z").expectStatus().isOk();
    }

    private static void refused(String parameter, String uri) {
        get(uri).expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].parameter")
                .isEqualTo(parameter);
    }

    private <T> T found(String q) {
        return read(get("/v1/events?q={q}", q), "$.items[*].title");
    }

    private static List<String> walk(String uri) {
        var seen = new ArrayList<String>();
        var page = text(get(uri));
        while (true) {
            seen.addAll(JsonPath.<List<String>>read(page, "$.items[*].eventId"));
            List<String> next = JsonPath.read(page, "$[?(@.nextCursor)].nextCursor");
            if (next.isEmpty()) {
                return seen;
            }
            page = text(get(uri + "&cursor={c}", next.getFirst()));
        }
    }

    private static String inDays(int days) {
        return START.plus(days, ChronoUnit.DAYS).toString();
    }

    private static final Instant START = Instant.now().truncatedTo(ChronoUnit.SECONDS);
}
