package dev.abendkasse.server.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.Money;
import dev.abendkasse.office.model.ReceivedPaymentDraft;
import dev.abendkasse.office.model.RefundOrderRequest;
import dev.abendkasse.office.model.StaffRefundReason;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentStatus;
import dev.abendkasse.sdk.model.Ticket;
import dev.abendkasse.sdk.model.TicketState;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.BankTheatre;
import dev.abendkasse.server.testing.Ledger;
import dev.abendkasse.server.testing.PaidOrder;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Problems;
import dev.abendkasse.server.testing.ProvidersWord;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.Theatre;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    void p5DisputeThatIsLostForAPartLeavesTheOrderToPeopleAndItsTicketsWait() throws ApiException {
        var order = paid(2);
        tell(theatre, order, "opened-" + order.id(), "dispute.opened");

        tell(theatre, order, "lost-" + order.id(), "dispute.lost");

        assertThat(order.now().getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(order.now().getPaymentStatus()).isEqualTo(PaymentStatus.PART_PAID);
        assertThat(ledger(order).validTickets()).isZero();
        assertThat(ledger(order).refunds()).as("half of it is paid").isEqualTo("none");
        assertThat(ledger(order).cases()).isEqualTo("DISPUTE OPEN 5000");
        assertThat(seatsOf(order)).isEqualTo(2);

        takeBackOneTicket(order);

        assertThat(order.now().getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
        assertThat(ledger(order).validTickets()).as("of the other one").isOne();
        assertThat(ledger(order).refunds()).isEqualTo("none");
        assertThat(ledger(order).cases()).isEqualTo("DISPUTE SETTLED 5000");
    }

    @Test
    void p5PartThatWasLostIsPaidAgainAndTheTicketsLetPeopleIn() throws ApiException {
        var order = paid(2);
        tell(theatre, order, "opened-" + order.id(), "dispute.opened");
        tell(theatre, order, "lost-" + order.id(), "dispute.lost");

        transfer(order);

        assertThat(order.now().getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
        assertThat(ledger(order).validTickets()).isEqualTo(2);
        assertThat(ledger(order).cases()).isEqualTo("DISPUTE SETTLED 5000");
    }

    @Test
    void p5LostDisputeOfAnOrderThatWasPaidAgainMeanwhileLeavesItConfirmed() throws ApiException {
        var order = paid();
        bank(order, "dispute");
        transfer(order);

        bank(order, "dispute-lose");

        assertThat(order.now().getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(order.now().getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
        assertThat(ticketStates(order)).containsExactly(TicketState.VALID);
        assertThat(ledger(order).balance()).isEqualTo(5000);
        assertThat(ledger(order).cases()).isEqualTo("DISPUTE SETTLED 5000");
    }

    @Test
    void p5WonDisputeOfAnOrderThatWasPaidAgainMeanwhileGivesOnePaymentBackWithACase() throws ApiException {
        var order = paid();
        bank(order, "dispute");
        transfer(order);

        bank(order, "dispute-win");

        assertThat(order.now().getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
        assertThat(ledger(order).balance()).isEqualTo(5000);
        PayPage.await(ledger(order)::refunds, "SUCCEEDED 5000 OVERPAYMENT"::equals);
        assertThat(ledger(order).cases()).isEqualTo("DISPUTE SETTLED 5000, LATE_PAYMENT OPEN 5000");
    }

    @Test
    void d17BuyerIsToldThatTheirTicketsLetThemInAgain() throws ApiException {
        var order = paid();
        var before = ledger(order).messages("MAIL");
        bank(order, "dispute");

        bank(order, "dispute-win");

        assertThat(ledger(order).messages("MAIL")).isEqualTo(before + 1);
        assertThat(theatre.count(
                        "select count(*) from outbox_message where kind = 'MAIL' and key like 'order-confirmed:"
                                + order.id() + ":%'"))
                .isOne();
    }

    @Test
    void c6DisputeInAnotherCurrencyIsForPeopleAndBooksNothing() throws ApiException {
        var order = paid();

        ProvidersWord.tell(
                theatre.server(),
                "usd-" + order.id(),
                "dispute.opened",
                payment(order),
                ",\"disputeId\":\"d-usd\"",
                "USD");

        assertThat(ledger(order).balance()).isEqualTo(5000);
        assertThat(order.now().getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
        assertThat(ledger(order).cases()).isEqualTo("DISPUTE OPEN 5000");
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
        assertThat(ledger(order).cases()).as("people must know").isEqualTo("DISPUTE OPEN 5000");
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
        return paid(1);
    }

    private static PaidOrder paid(int places) throws ApiException {
        return PaidOrder.of(theatre, theatre.best("ga", places));
    }

    /** Staff book 50.00 EUR that the buyer has transferred. */
    private static void transfer(PaidOrder order) throws ApiException {
        theatre.office()
                .receivedPayments()
                .bookReceivedPayment(
                        UUID.randomUUID(),
                        new ReceivedPaymentDraft()
                                .orderId(order.id())
                                .amount(new Money().amount(5_000L).currency("EUR"))
                                .valueDate(BankTheatre.today()));
    }

    private static void takeBackOneTicket(PaidOrder order) throws ApiException {
        var item = order.now().getItems().getFirst().getItemId();
        theatre.office()
                .refundDesk()
                .refundOrder(
                        order.id(),
                        UUID.randomUUID(),
                        new RefundOrderRequest()
                                .reason(StaffRefundReason.GOODWILL)
                                .note("Not paid any more.")
                                .itemIds(Set.of(item)));
    }

    private static void bank(PaidOrder order, String event) throws ApiException {
        PayPage.of(order.payment()).bank(event);
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
        return order.payment().getPaymentId();
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
        return Awaited.of(theatre.db()
                .sql("select revoked_reason from ticket where order_id = '" + order.id() + "'")
                .mapValue(String.class)
                .one());
    }

    private static long seatsOf(PaidOrder order) {
        return theatre.count("select count(*) from place where holder = '" + order.id() + "'");
    }

    private static Ledger ledger(PaidOrder order) {
        return new Ledger(theatre, order.id());
    }
}
