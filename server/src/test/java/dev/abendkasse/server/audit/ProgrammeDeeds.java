package dev.abendkasse.server.audit;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.model.CancellationRequest;
import dev.abendkasse.office.model.Event;
import dev.abendkasse.office.model.EventDraft;
import dev.abendkasse.office.model.GeneralAdmissionDraft;
import dev.abendkasse.office.model.Performance;
import dev.abendkasse.office.model.PerformanceDraft;
import dev.abendkasse.office.model.PostponementRequest;
import dev.abendkasse.office.model.PriceTypeDraft;
import dev.abendkasse.office.model.Shop;
import dev.abendkasse.office.model.ShopSettings;
import dev.abendkasse.sdk.http.ApiException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What administrators do with the programme and the shops. */
record ProgrammeDeeds(AbendkasseOfficeClient office) {

    private static final OffsetDateTime SOON =
            OffsetDateTime.now(ZoneOffset.UTC).plusDays(30);

    Map<String, Deed> all() {
        return Map.of(
                "importSeatingPlan",
                Deed.once(() -> () -> office.seatingPlans().importSeatingPlan(plan())),
                "createEvent",
                Deed.once(() -> () -> event()),
                "updateEvent",
                Deed.once(() -> {
                    var event = event();
                    return () -> office.programme().updateEvent(event.getEventId(), "\"1\"", title());
                }),
                "createPerformance",
                Deed.once(() -> {
                    var event = event();
                    return () -> office.programme().createPerformance(event.getEventId(), draft());
                }),
                "updatePerformance",
                Deed.once(() -> {
                    var performance = performance();
                    return () -> office.programme().updatePerformance(performance.getPerformanceId(), "\"1\"", draft());
                }),
                "cancelPerformance",
                Deed.repeatable(() -> {
                    var performance = performance();
                    var key = UUID.randomUUID();
                    return () -> office.performanceChanges()
                            .cancelPerformance(
                                    performance.getPerformanceId(), key, new CancellationRequest().reason("Test"));
                }),
                "postponePerformance",
                Deed.repeatable(() -> {
                    var performance = performance();
                    var key = UUID.randomUUID();
                    return () -> office.performanceChanges()
                            .postponePerformance(performance.getPerformanceId(), key, postponement());
                }),
                "putShop",
                Deed.once(() -> {
                    var shop = office.shops().getShop("main");
                    return () -> office.shops().putShop("main", settings(shop), "\"" + shop.getVersion() + "\"");
                }));
    }

    private Event event() throws ApiException {
        return office.programme().createEvent(title());
    }

    private Performance performance() throws ApiException {
        return office.programme().createPerformance(event().getEventId(), draft());
    }

    private static EventDraft title() {
        return new EventDraft().title("Example").description("An example");
    }

    private static PerformanceDraft draft() {
        return new PerformanceDraft()
                .hall("Kammer")
                .startsAt(SOON)
                .timeZone("Europe/Berlin")
                .salesStart(SOON.minusDays(60))
                .salesEnd(SOON)
                .generalAdmission(List.of(new GeneralAdmissionDraft()
                        .category("standing")
                        .name("Standing")
                        .capacity(2)
                        .priceTypes(List.of(new PriceTypeDraft()
                                .priceType("full")
                                .name("Full")
                                .amount(900L)))));
    }

    private static PostponementRequest postponement() {
        return new PostponementRequest()
                .startsAt(SOON.plusDays(1))
                .refundUntil(SOON)
                .reason("Test");
    }

    private static Map<String, Object> plan() {
        return Map.of(
                "name",
                "Kammer",
                "categories",
                List.of(Map.of("name", "A", "color", "#b23a48")),
                "zones",
                List.of(Map.of(
                        "name",
                        "Parkett",
                        "position",
                        position(),
                        "rows",
                        List.of(Map.of("row_number", "1", "position", position(), "seats", List.of(seat()))))));
    }

    private static Map<String, Object> seat() {
        return Map.of("seat_guid", "p-1-1", "seat_number", "1", "position", position(), "category", "A");
    }

    private static Map<String, Object> position() {
        return Map.of("x", 0, "y", 0);
    }

    private static ShopSettings settings(Shop shop) {
        return new ShopSettings()
                .name(shop.getName())
                .overviewUrl(shop.getOverviewUrl())
                .returnOrigins(shop.getReturnOrigins())
                .paymentMethods(shop.getPaymentMethods())
                .holdSeconds(shop.getHoldSeconds())
                .extensionSeconds(shop.getExtensionSeconds())
                .holdCapSeconds(shop.getHoldCapSeconds())
                .maxSeats(shop.getMaxSeats())
                .paymentSeconds(shop.getPaymentSeconds())
                .reservationSeconds(shop.getReservationSeconds())
                .transferGraceSeconds(shop.getTransferGraceSeconds())
                .paymentPageUrl(shop.getPaymentPageUrl());
    }
}
