package dev.abendkasse.server.catalog.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.abendkasse.server.catalog.plan.LargeHall;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Report;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class SeatMapHttpTests extends CatalogHttpTests {

    @Test
    void seatMapShowsEverySeatWithItsPlace() {
        var performance = newPerformance(newEvent("Faust"), seated(newPlan(), IN_A_WEEK));

        seats(performance)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "no-cache")
                .expectBody()
                .jsonPath("$.performanceId")
                .isEqualTo(performance)
                .jsonPath("$.seats[*].seatId")
                .isEqualTo(List.of("p-1-1", "p-1-2", "p-2-1"))
                .jsonPath("$.seats[2].section")
                .isEqualTo("Parkett")
                .jsonPath("$.seats[2].row")
                .isEqualTo("2")
                .jsonPath("$.seats[2].category")
                .isEqualTo("kategorie-oel")
                .jsonPath("$.seats[2].y")
                .isEqualTo(80.0)
                .jsonPath("$.generalAdmission")
                .isEmpty();
    }

    @Test
    void d11SeatIsFreeFromItsDeadlineThoughNothingHasSweptIt() {
        var performance = newPerformance(newEvent("Faust"), seated(newPlan(), IN_A_WEEK));
        hold(performance, "p-1-1", "clock_timestamp() + interval '15 minutes'");
        hold(performance, "p-1-2", "clock_timestamp() - interval '1 millisecond'");
        hold(performance, "p-2-1", "'infinity'");

        assertThat(states(performance)).containsExactly("HELD", "AVAILABLE", "SOLD");
        get("/v1/performances/{id}", performance)
                .expectBody()
                .jsonPath("$.categories[*].available")
                .isEqualTo(List.of(1, 0));
    }

    @Test
    void seatMapNeverSaysWhoHolds() {
        var performance = newPerformance(newEvent("Faust"), seated(newPlan(), IN_A_WEEK));
        hold(performance, "p-1-1", "clock_timestamp() + interval '15 minutes'");
        String holder = Awaited.of(
                db.sql("select holder::text from place where holder is not null and performance_id = :p::uuid")
                        .bind("p", performance)
                        .mapValue(String.class)
                        .one());

        assertThat(text(seats(performance))).doesNotContain(holder).doesNotContain("Until", "holder");
    }

    @Test
    void placesOfGeneralAdmissionAreCountedByTheirDeadline() {
        var performance = newPerformance(newEvent("Konzert"), standing(IN_A_WEEK, 4));
        Awaited.of(db.sql("""
                update place set holder = gen_random_uuid(), fence = 1, held_until = case place_no
                           when 1 then 'infinity'::timestamptz
                           when 2 then clock_timestamp() + interval '15 minutes'
                           else clock_timestamp() - interval '1 millisecond' end
                 where performance_id = :performance and place_no < 4
                """).bind("performance", UUID.fromString(performance)).then());

        seats(performance)
                .expectBody()
                .jsonPath("$.generalAdmission[0].capacity")
                .isEqualTo(4)
                .jsonPath("$.generalAdmission[0].available")
                .isEqualTo(2);
    }

    @Test
    void unchangedSeatMapIsNotSentAgain() {
        var performance = newPerformance(newEvent("Faust"), seated(newPlan(), IN_A_WEEK));
        var etag = etag(seats(performance));

        seatsUnless(etag, performance)
                .expectStatus()
                .isNotModified()
                .expectHeader()
                .valueEquals(HttpHeaders.ETAG, etag)
                .expectBody()
                .isEmpty();
        hold(performance, "p-1-1", "clock_timestamp() + interval '15 minutes'");
        seatsUnless(etag, performance).expectStatus().isOk();
        assertThat(etag(seats(performance))).isNotEqualTo(etag);
        hold(performance, "p-1-1", "'-infinity'");
        assertThat(etag(seats(performance))).isEqualTo(etag).doesNotStartWith("W/");
    }

    @Test
    void twentyThousandSeatsAreImportedSoldAndShownWithinSeconds() {
        var start = System.nanoTime();
        var imported = post(LargeHall.json(), "/v1/admin/seating-plans");
        imported.expectStatus().isCreated();
        String plan = read(imported, "$.seatingPlan.seatingPlanId");
        print("import", start);
        start = System.nanoTime();
        var performance = newPerformance(newEvent("Arena"), draftOf(plan));
        print("performance", start);

        for (int i = 0; i < 5; i++) {
            start = System.nanoTime();
            var map = text(seats(performance));
            print("seat map of " + map.length() + " characters", start);
            assertThat(JsonPath.<Integer>read(map, "$.seats.length()")).isEqualTo(LargeHall.SEATS);
        }
    }

    private static String draftOf(String plan) {
        var categories = List.of("a", "b", "c", "d").stream()
                .map(key -> A.replace("kategorie-a", "kategorie-" + key))
                .toList();
        return draft(
                IN_A_WEEK,
                "\"seatingPlanId\": \"" + plan + "\", \"seatedCategories\": [" + String.join(",", categories) + "]");
    }

    private static void print(String what, long start) {
        var taken = Duration.ofNanos(System.nanoTime() - start);
        Report.tell("{}: {} ms", what, taken.toMillis());
        assertThat(taken).isLessThan(Duration.ofSeconds(20));
    }

    private static List<String> states(String performance) {
        return read(seats(performance), "$.seats[*].state");
    }

    private static ResponseSpec seats(String performance) {
        return get("/v1/performances/{id}/seats", performance);
    }

    private static ResponseSpec seatsUnless(String etag, String performance) {
        return http.get()
                .uri("/v1/performances/{id}/seats", performance)
                .header(HttpHeaders.IF_NONE_MATCH, etag)
                .exchange();
    }

    private static String etag(ResponseSpec answer) {
        return Objects.requireNonNull(
                answer.returnResult(String.class).getResponseHeaders().getETag());
    }
}
