package dev.abendkasse.server.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.PerformanceChange;
import dev.abendkasse.office.model.PerformanceChangeState;
import dev.abendkasse.office.model.PostponementRequest;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.GiveBackRequest;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.PerformanceState;
import dev.abendkasse.sdk.model.RefundReason;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.PaidOrder;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Problems;
import dev.abendkasse.server.testing.Theatre;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The organiser postpones a performance: tickets stay valid, and go back on request. */
class PostponementTests {

    private final Instant newStart = Instant.now().plus(Duration.ofDays(60)).truncatedTo(ChronoUnit.SECONDS);
    private final Instant refundUntil = Instant.now().plus(Duration.ofDays(40)).truncatedTo(ChronoUnit.SECONDS);

    private static Theatre house;

    /** A hall of the test's own. */
    private Theatre theatre;

    @BeforeAll
    static void openTheTheatre() {
        house = Theatre.open();
    }

    @AfterAll
    static void closeTheTheatre() {
        house.close();
    }

    @BeforeEach
    void openAHall() {
        theatre = house.anotherHall(10);
    }

    @Test
    void ticketsStayValidForTheNewStartAndTheirHoldersAreTold() throws ApiException {
        var order = PaidOrder.of(theatre, theatre.best("a", 2));
        theatre.checkOut(theatre.hold(theatre.best("a", 1)), PaymentMethod.PAY_LATER);
        var salesEnd =
                theatre.shop().events().getPerformance(theatre.performance()).getSalesEnd();

        var change = finished(postpone(newStart, refundUntil));

        var performance = theatre.shop().events().getPerformance(theatre.performance());
        assertThat(performance.getState()).isEqualTo(PerformanceState.POSTPONED);
        assertThat(performance.getStartsAt().toInstant()).isEqualTo(newStart);
        assertThat(performance.getRefundUntil().toInstant()).isEqualTo(refundUntil);
        assertThat(performance.getSalesEnd()).isAfter(salesEnd);
        assertThat(performance.getOnSale()).isTrue();
        assertThat(change.getOrders()).isEqualTo(2);
        assertThat(order.now().getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(theatre.count("select count(*) from ticket where revoked_at is null and " + isHere()))
                .isEqualTo(2);
        assertThat(theatre.count(
                        "select count(*) from outbox_message where kind = 'MAIL' and key like 'performance-postponed:%"
                                + change.getChangeId() + "'"))
                .isEqualTo(2);
    }

    @Test
    void whoCannotComeAtTheNewStartGetsAllTheirMoneyBackUntilTheGivenDate() throws ApiException {
        Theatre.execute(theatre.db(), "update shop set refund_seconds_before = null, refund_fee = 500");
        var order = PaidOrder.of(theatre, theatre.best("a", 2));
        Problems.expect(409, "refund-not-allowed", () -> giveBack(order));

        finished(postpone(newStart, refundUntil));
        var refund = giveBack(order);

        assertThat(refund.getRefunds()).singleElement().satisfies(one -> {
            assertThat(one.getAmount().getAmount()).isEqualTo(10_000);
            assertThat(one.getReason()).isEqualTo(RefundReason.PERFORMANCE_POSTPONED);
        });
    }

    @Test
    void newStartAndDateLieInTheFutureAndInTheirOrder() {
        var past = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS);

        Problems.expect(400, "invalid-request", () -> postpone(past, past));
        Problems.expect(400, "invalid-request", () -> postpone(newStart, past));
        Problems.expect(400, "invalid-request", () -> postpone(newStart, newStart.plusSeconds(1)));
        assertThat(theatre.count("select count(*) from performance where state = 'SCHEDULED' and " + isHere()))
                .isOne();
    }

    @Test
    void performanceIsNotMovedToAnEarlierStart() {
        var earlier = Instant.now().plus(Duration.ofDays(20)).truncatedTo(ChronoUnit.SECONDS);

        var problem = Problems.expect(400, "invalid-request", () -> postpone(earlier, earlier.minusSeconds(60)));

        assertThat(problem.getErrors())
                .singleElement()
                .satisfies(error -> assertThat(error.getPointer()).isEqualTo("#/startsAt"));
    }

    @Test
    void whoIsJustPayingIsToldToo() throws ApiException {
        var waiting =
                (Outcome.PaymentRequired) theatre.checkOut(theatre.hold(theatre.best("a", 1)), PaymentMethod.CARD);

        var change = finished(postpone(newStart, refundUntil));

        assertThat(change.getOrders()).isOne();
        assertThat(theatre.count("select count(*) from outbox_message where kind = 'MAIL' and key like"
                        + " 'performance-postponed:" + waiting.orderId() + "%'"))
                .isOne();
    }

    @Test
    void p4PostponementThatWasCutOffIsGoneOnWithByAnotherReplicaAndTellsEverybodyOnce() throws ApiException {
        for (int i = 0; i < 30; i++) {
            theatre.checkOut(theatre.hold(theatre.best("free", 1)), null);
        }
        var change = Awaited.of(theatre.db()
                .sql("select (change_performance(jsonb_build_object('performanceId', performance_id, 'kind',"
                        + " 'POSTPONEMENT', 'startsAt', starts_at + interval '7 days', 'refundUntil', starts_at,"
                        + " 'reason', 'Test', 'by', 'test')) -> 'change' ->> 'changeId')::uuid from performance where "
                        + isHere())
                .mapValue(UUID.class)
                .one());
        theatre.count("select count(*) from advance_performance_change(jsonb_build_object('changeId', '" + change
                + "', 'caseNumbers', '[\"0000000000\", \"0000000001\"]'::jsonb))");

        try (var replica = theatre.replica(Map.of("abendkasse.outbox.look-every", "200ms"))) {
            PayPage.await(
                    () -> replica.count("select count(*) from performance_change where state = 'DONE' and change_id = '"
                            + change + "'"),
                    done -> done == 1);
        }

        assertThat(theatre.count("select (counts ->> 'orders')::bigint from performance_change where change_id = '"
                        + change + "'"))
                .isEqualTo(30);
        assertThat(theatre.count("select count(*) from outbox_message where kind = 'MAIL' and key like"
                        + " 'performance-postponed:%" + change + "'"))
                .isEqualTo(30);
    }

    @Test
    void postponedPerformanceCanBePostponedAgainAndCancelledButNotTheOtherWayRound() throws ApiException {
        finished(postpone(newStart, refundUntil));
        finished(postpone(newStart.plus(Duration.ofDays(7)), refundUntil));
        Theatre.execute(theatre.db(), "update performance set state = 'CANCELLED' where " + isHere());

        Problems.expect(409, "performance-cancelled", () -> postpone(newStart, refundUntil));
    }

    private String isHere() {
        return "performance_id = '" + theatre.performance() + "'";
    }

    private PerformanceChange postpone(Instant startsAt, Instant until) throws ApiException {
        return theatre.office()
                .performanceChanges()
                .postponePerformance(
                        theatre.performance(),
                        UUID.randomUUID(),
                        new PostponementRequest()
                                .startsAt(startsAt.atOffset(ZoneOffset.UTC))
                                .refundUntil(until.atOffset(ZoneOffset.UTC))
                                .reason("The singer has lost her voice"));
    }

    private PerformanceChange finished(PerformanceChange change) throws ApiException {
        return PayPage.await(
                () -> theatre.office().performanceChanges().getPerformanceChange(change.getChangeId()),
                now -> now.getState() == PerformanceChangeState.DONE);
    }

    private static dev.abendkasse.sdk.model.RefundResult giveBack(PaidOrder order) throws ApiException {
        return order.shop().refunds().returnTickets(order.id(), UUID.randomUUID(), new GiveBackRequest());
    }
}
