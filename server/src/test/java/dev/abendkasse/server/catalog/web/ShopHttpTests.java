package dev.abendkasse.server.catalog.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class ShopHttpTests extends CatalogHttpTests {

    private static final String SHOP = "/v1/admin/shops/{id}";

    private static final String SETTINGS = """
            {"name": "Zweitshop", "overviewUrl": "https://shop.example.org/events#/all",
             "returnOrigins": ["https://Shop.example.org:443", "http://localhost:5173"],
             "paymentMethods": ["CARD", "PAY_LATER"], "holdSeconds": 600, "extensionSeconds": 300, "holdCapSeconds": 1800,
             "maxSeats": 6, "paymentSeconds": 900, "reservationSeconds": 86400}
            """;

    @Test
    void installationHasAShopFromTheStart() {
        get(SHOP, "main")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"1\"")
                .expectBody()
                .jsonPath("$.holdSeconds")
                .isEqualTo(900)
                .jsonPath("$.paymentMethods[0]")
                .isEqualTo("CARD");
        get(SHOP, "none").expectStatus().isNotFound();
    }

    @Test
    void newShopKeepsItsSettingsAndCanonicalOrigins() {
        putNew("zweit", SETTINGS)
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.shopId")
                .isEqualTo("zweit")
                .jsonPath("$.returnOrigins")
                .isEqualTo(List.of("https://shop.example.org", "http://localhost:5173"))
                .jsonPath("$.reservationSeconds")
                .isEqualTo(86400);
    }

    @Test
    void paymentLinksLeadToAPageOfTheShopAndLiveThreeDaysUnlessSaidOtherwise() {
        var page = "https://shop.example.org/pay";

        putNew("ohne", SETTINGS)
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.linkSeconds")
                .isEqualTo(259_200)
                .jsonPath("$.paymentPageUrl")
                .doesNotExist();
        putNew("mit", with(page, 3_600)).expectStatus().isCreated();
        get(SHOP, "mit")
                .expectBody()
                .jsonPath("$.linkSeconds")
                .isEqualTo(3_600)
                .jsonPath("$.paymentPageUrl")
                .isEqualTo(page);
        refused(422, with("https://elsewhere.example.org/pay", 3_600), "#/paymentPageUrl");
        refused(422, with(page + "#start", 3_600), "#/paymentPageUrl");
        refused(422, with("https://a@shop.example.org/pay", 3_600), "#/paymentPageUrl");
        refused(400, with(page, 299), "#/linkSeconds");
    }

    private static String with(String paymentPage, int linkSeconds) {
        return SETTINGS.replace(
                "86400", "86400, \"paymentPageUrl\": \"" + paymentPage + "\", \"linkSeconds\": " + linkSeconds);
    }

    @Test
    void boxOfficeAndReservationsGoByTheShopsSettings() {
        var set = """
                86400, "guestReservations": 0, "guestReservationAmount": 5000, "customerReservations": 7,
                "customerReservationAmount": 20000, "reminderSeconds": 0, "warningSeconds": 60, "leaseSeconds": 900,
                "leaseEnd": "KEEP", "strayReservationSeconds": 600, "deskMaxSeats": 80, "deskSalesSeconds": 0""";

        putNew("kasse-ohne", SETTINGS)
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.leaseSeconds")
                .isEqualTo(600)
                .jsonPath("$.leaseEnd")
                .isEqualTo("GIVE_BACK")
                .jsonPath("$.reminderSeconds")
                .isEqualTo(86_400)
                .jsonPath("$.customerReservationAmount")
                .doesNotExist();
        putNew("kasse-mit", SETTINGS.replace("86400", set)).expectStatus().isCreated();
        get(SHOP, "kasse-mit")
                .expectBody()
                .jsonPath("$.guestReservations")
                .isEqualTo(0)
                .jsonPath("$.guestReservationAmount")
                .isEqualTo(5_000)
                .jsonPath("$.customerReservations")
                .isEqualTo(7)
                .jsonPath("$.customerReservationAmount")
                .isEqualTo(20_000)
                .jsonPath("$.reminderSeconds")
                .isEqualTo(0)
                .jsonPath("$.warningSeconds")
                .isEqualTo(60)
                .jsonPath("$.leaseSeconds")
                .isEqualTo(900)
                .jsonPath("$.leaseEnd")
                .isEqualTo("KEEP")
                .jsonPath("$.strayReservationSeconds")
                .isEqualTo(600)
                .jsonPath("$.deskMaxSeats")
                .isEqualTo(80)
                .jsonPath("$.deskSalesSeconds")
                .isEqualTo(0);
        refused(422, SETTINGS.replace("86400", "86400, \"reminderSeconds\": 3599"), "#/reminderSeconds");
        refused(400, SETTINGS.replace("86400", "86400, \"warningSeconds\": 29"), "#/warningSeconds");
    }

    @Test
    void p14SettingsAreWrittenDownAsTheyWereAndAsTheyAre() {
        putNew("notiert", SETTINGS).expectStatus().isCreated();
        put("\"1\"", SETTINGS.replace("\"maxSeats\": 6", "\"maxSeats\": 7"), SHOP, "notiert")
                .expectStatus()
                .isOk();
        put("\"1\"", SETTINGS, SHOP, "notiert").expectStatus().isEqualTo(412);

        var entries = text(get("/v1/admin/audit/entries?action=shop.set&subject=notiert"));

        List<String> details = JsonPath.read(entries, "$.items[*].details");
        assertThat(details).hasSize(2);
        assertThat(JsonPath.<Integer>read(details.getFirst(), "$.before.maxSeats"))
                .isEqualTo(6);
        assertThat(JsonPath.<Integer>read(details.getFirst(), "$.after.maxSeats"))
                .isEqualTo(7);
        assertThat(JsonPath.<List<Object>>read(details.getLast(), "$[?(@.before)]"))
                .isEmpty();
        assertThat(JsonPath.<List<String>>read(entries, "$.items[*].by")).containsOnly("admin");
    }

    @Test
    void shopIsReplacedOnlyAtTheVersionStated() {
        putNew("ersetzt", SETTINGS).expectStatus().isCreated();

        putNew("ersetzt", SETTINGS).expectStatus().isEqualTo(428);
        put("\"1\"", SETTINGS.replace("Zweitshop", "Neu"), SHOP, "ersetzt")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.version")
                .isEqualTo(2);
        put("\"1\"", SETTINGS, SHOP, "ersetzt").expectStatus().isEqualTo(412);
        put("\"1\"", SETTINGS, SHOP, "unbekannt").expectStatus().isNotFound();
        get(SHOP, "ersetzt").expectBody().jsonPath("$.name").isEqualTo("Neu");
    }

    @Test
    void whatDoesNotFitTogetherIsRefusedWithItsPlace() {
        refused(422, SETTINGS.replace("http://localhost:5173", "http://localhost:5173/back"), "#/returnOrigins/1");
        refused(422, SETTINGS.replace("https://shop.example.org/events", "https://a@b/events"), "#/overviewUrl");
        refused(422, SETTINGS.replace("1800", "599"), "#/holdCapSeconds");
        refused(400, SETTINGS.replace("https://shop.example.org/events", "javascript:alert(1)"), "#/overviewUrl");
        refused(400, SETTINGS.replace("\"maxSeats\": 6", "\"maxSeats\": 0"), "#/maxSeats");
        refused(400, SETTINGS.replace("PAY_LATER", "GOLD"), "#/paymentMethods/1");
        putNew("Groß", SETTINGS).expectStatus().isBadRequest();
    }

    @Test
    void pagesShowEveryShopOnce() {
        List.of("seite-a", "seite-b", "seite-c")
                .forEach(id -> putNew(id, SETTINGS).expectStatus().isCreated());

        var page = text(get("/v1/admin/shops?limit=2"));
        List<String> first = JsonPath.read(page, "$.items[*].shopId");
        String cursor = JsonPath.read(page, "$.nextCursor");
        List<String> rest = read(get("/v1/admin/shops?limit=100&cursor={c}", cursor), "$.items[*].shopId");

        assertThat(first).hasSize(2);
        assertThat(rest).doesNotContainAnyElementsOf(first).contains("seite-c").isSorted();
    }

    private static void refused(int status, String settings, String pointer) {
        putNew("falsch", settings)
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.errors[0].pointer")
                .isEqualTo(pointer);
        get(SHOP, "falsch").expectStatus().isNotFound();
    }

    private static ResponseSpec putNew(String shopId, String settings) {
        return http.put()
                .uri(SHOP, shopId)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(settings)
                .exchange();
    }
}
