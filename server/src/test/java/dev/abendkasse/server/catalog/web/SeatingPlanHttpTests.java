package dev.abendkasse.server.catalog.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.abendkasse.server.testing.Awaited;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

class SeatingPlanHttpTests extends CatalogHttpTests {

    @Test
    void importedHallAnswersWithItsCategoriesAndKeys() {
        post(KAMMER, "/v1/admin/seating-plans")
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.seatingPlan.name")
                .isEqualTo("Kammer")
                .jsonPath("$.seatingPlan.seatCount")
                .isEqualTo(3)
                .jsonPath("$.seatingPlan.width")
                .isEqualTo(400)
                .jsonPath("$.seatingPlan.categories[*].category")
                .isEqualTo(List.of("kategorie-a", "kategorie-oel"))
                .jsonPath("$.seatingPlan.categories[*].seatCount")
                .isEqualTo(List.of(2, 1))
                .jsonPath("$.seatingPlan.categories[1].color")
                .doesNotExist()
                .jsonPath("$.warnings")
                .isEmpty();
    }

    @Test
    void whatIsLeftOutIsSaidWithItsPlace() {
        post(KAMMER.replace("\"size\": {\"width\": 400, \"height\": 300},", ""), "/v1/admin/seating-plans")
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.warnings[0].pointer")
                .isEqualTo("#/size")
                .jsonPath("$.warnings[0].code")
                .isEqualTo("missing-size");
    }

    @Test
    void faultyHallIsRefusedWithPointersAndLeavesNothingBehind() {
        var before = plans();

        post(KAMMER.replace("\"category\": \"Kategorie Öl\"", "\"category\": \"Loge\""), "/v1/admin/seating-plans")
                .expectStatus()
                .isEqualTo(422)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("seating-plan-invalid")
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("#/zones/0/rows/1/seats/0/category");
        assertThat(plans()).isEqualTo(before);
    }

    @Test
    void somethingElseThanAHallIsRefused() {
        for (var body : List.of("[]", "{}", "\"hall\"", "42", "{\"name\": 1, \"zones\": {}, \"categories\": null}")) {
            post(body, "/v1/admin/seating-plans").expectStatus().isEqualTo(422);
        }
        post("{\"name\": ", "/v1/admin/seating-plans").expectStatus().isBadRequest();
    }

    @Test
    void hallIsFoundByItsId() {
        get("/v1/admin/seating-plans/{id}", newPlan())
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.name")
                .isEqualTo("Kammer");
        get("/v1/admin/seating-plans/{id}", UUID.randomUUID())
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("seating-plan-not-found");
    }

    @Test
    void pagesShowEveryHallOnceTheNewestFirst() {
        var expected = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            expected.addFirst(newPlan());
        }

        String page = text(get("/v1/admin/seating-plans?limit=2"));
        var seen = new ArrayList<String>(ids(page));
        while (seen.size() < 5) {
            page = text(get("/v1/admin/seating-plans?limit=2&cursor={c}", nextCursor(page)));
            seen.addAll(ids(page));
        }

        assertThat(seen.subList(0, 5)).isEqualTo(expected);
        assertThat(seen).doesNotHaveDuplicates();
    }

    @Test
    void strangeCursorIsRefused() {
        for (var cursor : List.of("abc", "AAAA", "___")) {
            get("/v1/admin/seating-plans?cursor={c}", cursor)
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.errors[0].parameter")
                    .isEqualTo("cursor");
        }
    }

    private static List<String> ids(String page) {
        return JsonPath.read(page, "$.items[*].seatingPlanId");
    }

    private static String nextCursor(String page) {
        return JsonPath.read(page, "$.nextCursor");
    }

    private static Long plans() {
        return Awaited.of(
                db.sql("select count(*) from seating_plan").mapValue(Long.class).one());
    }
}
