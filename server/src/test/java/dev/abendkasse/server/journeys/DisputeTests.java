package dev.abendkasse.server.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.RefundOrderRequest;
import dev.abendkasse.office.model.StaffRefundReason;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentStatus;
import dev.abendkasse.sdk.model.Ticket;
import dev.abendkasse.sdk.model.TicketState;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Ledger;
import dev.abendkasse.server.testing.PaidOrder;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Problems;
import dev.abendkasse.server.testing.ProvidersWord;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.Theatre;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The payer's bank takes money back, and decides who is to have it. */
class DisputeTests {

    private static Theatre theatre;
    private static Theatre replica;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open();
        replica = theatre.replica(Map.of());
    }

    @AfterAll
    static void closeTheTheatre() {
        replica.close();
        theatre.close();
    }

    @Test
    void disputedOrderKeepsItsSeatsButItsTicketsLetNobodyInAndPeopleHearOfIt() throws ApiException {
        var order = paid();

        bank(order, "dispute");

        assertThat(order.now().getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(order.now().getPaymentStatus()).isEqualTo(PaymentStatus.DISPUTED);
        assertThat(ticketStates(order)).containsExactly(TicketState.REVOKED);
        assertThat(revoked(order)).isEqualTo("DISPUTED");
        assertThat(ledger(order).cases()).isEqualTo("DISPUTE OPEN 5000");
        assertThat(ledger(order).balance()).isZero();
        assertThat(seatsOf(order)).isOne();
    }

    @Test
    void wonDisputeRestoresEverything() throws ApiException {
        var order = paid();
        bank(order, "dispute");

        bank(order, "dispute-win");

        assertWon(order);
    }

    @Test
    void lostDisputeCancelsTheOrderAndItsSeatsAreFree() throws ApiException {
        var order = paid();
        var seat = order.now().getItems().getFirst();
        bank(order, "dispute");

        bank(order, "dispute-lose");

        assertLost(order);
        assertThat(theatre.count("select count(*) from place join order_item using (performance_id, place_no)"
                        + " where item_id = '" + seat.getItemId() + "' and place.holder is null"))
                .isOne();
    }

    @Test
    void endOfADisputeThatIsHeardOfBeforeItsBeginningIsTheEnd() throws ApiException {
        var lost = paid();
        bank(lost, "dispute-lose");
        bank(lost, "dispute");
        assertLost(lost);

        var won = paid();
        bank(won, "dispute-win");
        bank(won, "dispute");
        assertWon(won);
    }

    @Test
    void disputeThatIsToldManyTimesOnTwoReplicasIsOne() throws Exception {
        var order = paid();

        tellManyTimes(order, "dispute.opened");
        assertThat(ledger(order).cases()).isEqualTo("DISPUTE OPEN 5000");
        assertThat(ledger(order).balance()).isZero();

        tellManyTimes(order, "dispute.won");
        assertWon(order);
    }

    @Test
    void beginningAndEndOfADisputeAtOnceAreTheEnd() throws Exception {
        for (int round = 0; round < Scale.of(50); round++) {
            var order = paid();
            var payment = payment(order);
            var won = round % 2 == 0;

            AtOnce.run(
                    () -> tell(theatre, order, "opened-" + payment, "dispute.opened"),
                    () -> tell(replica, order, "end-" + payment, won ? "dispute.won" : "dispute.lost"));

            if (won) {
                assertWon(order);
            } else {
                assertLost(order);
            }
        }
    }

    @Test
    void disputedOrderIsNotRefundedToo() throws ApiException {
        var order = paid();
        bank(order, "dispute");

        Problems.expect(409, "order-state-conflict", () -> refund(order));

        bank(order, "dispute-win");
        refund(order);
        PayPage.await(ledger(order)::refunds, "SUCCEEDED 5000 GOODWILL"::equals);
    }

    @Test
    void disputeAgainstRefundNeverGivesTheMoneyBackTwiceUnseen() throws Exception {
        for (int round = 0; round < Scale.of(50); round++) {
            var order = paid();

            AtOnce.run(() -> bank(order, "dispute"), () -> refundIfItMayBe(order));

            PayPage.await(
                    () -> theatre.count("select count(*) from outbox_message join refund on key = refund_id::text"
                            + " where outbox_message.state = 'WAITING' and order_id = '" + order.id() + "'"),
                    waiting -> waiting == 0);
            assertThat(order.now().getPaymentStatus()).isEqualTo(PaymentStatus.DISPUTED);
            assertThat(ledger(order).cases()).startsWith("DISPUTE OPEN 5000");
            assertThat(ledger(order).validTickets()).isZero();
            assertRefundIsAsTheProviderHasIt(order);
        }
    }

    @Test
    void moneyThatWentBackBeforeTheDisputeIsAMatterForPeople() throws ApiException {
        var order = paid();
        refund(order);
        PayPage.await(ledger(order)::refunds, "SUCCEEDED 5000 GOODWILL"::equals);

        bank(order, "dispute");

        assertThat(order.now().getState()).isEqualTo(OrderState.REFUNDED);
        assertThat(ledger(order).cases()).isEqualTo("DISPUTE OPEN 5000");
        assertThat(ledger(order).balance()).as("it went twice").isEqualTo(-5000);

        bank(order, "dispute-win");
        assertThat(ledger(order).balance()).isZero();
        assertThat(ledger(order).cases()).isEqualTo("DISPUTE SETTLED 5000");
        assertThat(order.now().getPaymentStatus()).isEqualTo(PaymentStatus.REFUNDED);
    }

    private static void assertWon(PaidOrder order) throws ApiException {
        assertThat(order.now().getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(order.now().getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
        assertThat(ticketStates(order)).containsExactly(TicketState.VALID);
        assertThat(ledger(order).cases()).isEqualTo("DISPUTE SETTLED 5000");
        assertThat(ledger(order).balance()).isEqualTo(5000);
    }

    private static void assertLost(PaidOrder order) throws ApiException {
        assertThat(order.now().getState()).isEqualTo(OrderState.CANCELLED);
        assertThat(ledger(order).validTickets()).isZero();
        assertThat(revoked(order)).isEqualTo("CANCELLED");
        assertThat(ledger(order).cases()).isEqualTo("DISPUTE SETTLED 5000");
        assertThat(ledger(order).balance()).isZero();
        assertThat(ledger(order).refunds()).isEqualTo("none");
        assertThat(seatsOf(order)).isZero();
    }

    /** Made there and here, refused there and for people here, or not asked for at all. */
    private static void assertRefundIsAsTheProviderHasIt(PaidOrder order) {
        var refunds = ledger(order).refunds();
        assertThat(refunds).isIn("SUCCEEDED 5000 GOODWILL", "BY_HAND 5000 GOODWILL", "none");
        assertThat(ledger(order).refundsMade()).isEqualTo(refunds.startsWith("SUCCEEDED") ? 1 : 0);
        assertThat(ledger(order).cases().contains("LATE_PAYMENT OPEN 5000")).isEqualTo(refunds.startsWith("BY_HAND"));
    }

    private static PaidOrder paid() throws ApiException {
        return PaidOrder.of(theatre, theatre.best("ga", 1));
    }

    private static void bank(PaidOrder order, String event) throws ApiException {
        PayPage.of(order.now().getPayment()).bank(event);
    }

    private static void tellManyTimes(PaidOrder order, String type) throws Exception {
        AtOnce.run(IntStream.range(0, 20)
                .<AtOnce.Step>mapToObj(
                        i -> () -> tell(i % 2 == 0 ? theatre : replica, order, type + i % 5 + order.id(), type))
                .toArray(AtOnce.Step[]::new));
    }

    private static void tell(Theatre shop, PaidOrder order, String eventId, String type) throws ApiException {
        ProvidersWord.tell(shop.server(), eventId, type, payment(order), ",\"disputeId\":\"d-" + order.id() + "\"");
    }

    private static UUID payment(PaidOrder order) throws ApiException {
        return order.now().getPayment().getPaymentId();
    }

    private static void refund(PaidOrder order) throws ApiException {
        theatre.office()
                .refundDesk()
                .refundOrder(
                        order.id(),
                        UUID.randomUUID(),
                        new RefundOrderRequest()
                                .reason(StaffRefundReason.GOODWILL)
                                .note("Ill on the day."));
    }

    private static void refundIfItMayBe(PaidOrder order) throws ApiException {
        try {
            refund(order);
        } catch (ApiException refused) {
            assertThat(refused.getCode()).isEqualTo(409);
        }
    }

    private static List<TicketState> ticketStates(PaidOrder order) throws ApiException {
        return order.shop().tickets().listTickets(order.id()).getItems().stream()
                .map(Ticket::getState)
                .toList();
    }

    private static String revoked(PaidOrder order) {
        return theatre.db()
                .sql("select revoked_reason from ticket where order_id = '" + order.id() + "'")
                .mapValue(String.class)
                .one()
                .block();
    }

    private static long seatsOf(PaidOrder order) {
        return theatre.count("select count(*) from place where holder = '" + order.id() + "'");
    }

    private static Ledger ledger(PaidOrder order) {
        return new Ledger(theatre, order.id());
    }
}
