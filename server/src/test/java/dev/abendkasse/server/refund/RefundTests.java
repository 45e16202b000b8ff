package dev.abendkasse.server.refund;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.AbendkasseProblem;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.GiveBackRequest;
import dev.abendkasse.sdk.model.Money;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.PaymentStatus;
import dev.abendkasse.sdk.model.RefundReason;
import dev.abendkasse.sdk.model.RefundResult;
import dev.abendkasse.server.testing.PaidOrder;
import dev.abendkasse.server.testing.Problems;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.Theatre;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Buyers give tickets back within the shop's terms. */
class RefundTests {

    private static Theatre theatre;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @BeforeEach
    void takeBackUntilADayBeforeForAFee() {
        Theatre.execute(theatre.db(), "update shop set refund_seconds_before = 86400, refund_fee = 250");
        Theatre.execute(theatre.db(), "update performance set state = 'SCHEDULED', refund_until = null");
    }

    @Test
    void oneOfTwoTicketsGoesBackLessTheFeeAndTheOtherStays() throws ApiException {
        var order = paid(2);
        var returned = order.now().getItems().getFirst();

        var result = giveBack(order, returned.getItemId());

        assertThat(result.getRefunds()).singleElement().satisfies(refund -> {
            assertThat(refund.getAmount()).isEqualTo(eur(4_750));
            assertThat(refund.getReason()).isEqualTo(RefundReason.BUYER_REQUEST);
        });
        assertThat(result.getOrder().getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(result.getOrder().getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
        assertThat(result.getOrder().getTotal()).isEqualTo(eur(5_250));
        assertThat(result.getOrder().getItems()).hasSize(1).doesNotContain(returned);
        assertThat(theatre.hold(theatre.seats(returned.getSeat().getSeatId())).getItems())
                .hasSize(1);
        assertThat(tickets(order, "revoked_reason = 'REFUNDED'")).isOne();
        assertThat(tickets(order, "revoked_at is null")).isOne();
    }

    @Test
    void wholeOrderIsRefundedAndItsSeatsAreFree() throws ApiException {
        var order = paid(2);

        var result = giveBack(order);

        assertThat(result.getOrder().getState()).isEqualTo(OrderState.REFUNDED);
        assertThat(result.getOrder().getPaymentStatus()).isEqualTo(PaymentStatus.REFUNDED);
        assertThat(result.getRefunds())
                .singleElement()
                .satisfies(refund -> assertThat(refund.getAmount()).isEqualTo(eur(9_500)));
        assertThat(tickets(order, "revoked_at is null")).isZero();
        assertThat(theatre.count("select count(*) from place where holder = '" + order.id() + "'"))
                .isZero();
    }

    @Test
    void termsSayWhatCanBeGivenBackUntilWhenAndAtWhatFee() throws ApiException {
        var order = paid(1);
        var performance = theatre.shop().events().getPerformance(theatre.performance());

        var terms = order.shop().refunds().getRefundTerms(order.id());

        assertThat(terms.getRefunds()).isEmpty();
        assertThat(terms.getItems()).singleElement().satisfies(item -> {
            assertThat(item.getUntil()).isEqualTo(performance.getStartsAt().minusSeconds(86_400));
            assertThat(item.getFee()).isEqualTo(eur(250));
            assertThat(item.getRefund()).isEqualTo(eur(4_750));
        });
        giveBack(order);
        var after = order.shop().refunds().getRefundTerms(order.id());
        assertThat(after.getItems()).isEmpty();
        assertThat(after.getRefunds()).hasSize(1);
    }

    @Test
    void shopThatTakesNothingBackRefuses() throws ApiException {
        Theatre.execute(theatre.db(), "update shop set refund_seconds_before = null");
        var order = paid(1);

        assertThat(order.shop().refunds().getRefundTerms(order.id()).getItems()).isEmpty();
        Problems.expect(409, "refund-not-allowed", () -> giveBack(order));
        assertThat(order.now().getState()).isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void tooCloseToThePerformanceNothingGoesBack() throws ApiException {
        Theatre.execute(theatre.db(), "update shop set refund_seconds_before = 31536000");
        var order = paid(1);

        Problems.expect(409, "refund-not-allowed", () -> giveBack(order));
    }

    @Test
    void ticketThatHasLetSomebodyInStaysAndWithItAllThatIsGivenBackTogether() throws ApiException {
        var order = paid(2);
        Theatre.execute(
                theatre.db(),
                "update ticket set admitted_at = clock_timestamp() where ticket_id = (select ticket_id from ticket where"
                        + " order_id = '" + order.id() + "' limit 1)");

        assertThat(order.shop().refunds().getRefundTerms(order.id()).getItems()).hasSize(1);
        Problems.expect(409, "refund-not-allowed", () -> giveBack(order));
        assertThat(theatre.count("select count(*) from refund where order_id = '" + order.id() + "'"))
                .isZero();
    }

    @Test
    void ticketsOfAPostponedPerformanceGoBackWithoutAFeeUntilTheDateThatWasSet() throws ApiException {
        Theatre.execute(theatre.db(), "update shop set refund_seconds_before = null");
        Theatre.execute(
                theatre.db(),
                "update performance set state = 'POSTPONED', refund_until = clock_timestamp() + interval '1 day'");
        var early = paid(1);
        var late = paid(1);

        var refund = giveBack(early).getRefunds().getFirst();
        Theatre.execute(theatre.db(), "update performance set refund_until = clock_timestamp()");

        assertThat(refund.getAmount()).isEqualTo(eur(5_000));
        assertThat(refund.getReason()).isEqualTo(RefundReason.PERFORMANCE_POSTPONED);
        Problems.expect(409, "refund-not-allowed", () -> giveBack(late));
    }

    @Test
    void itemThatWasGivenBackBeforeIsNotThereAnyMore() throws ApiException {
        var order = paid(2);
        var item = order.now().getItems().getFirst().getItemId();
        giveBack(order, item);

        Problems.expect(404, "item-not-found", () -> giveBack(order, item));
        Problems.expect(404, "item-not-found", () -> giveBack(order, UUID.randomUUID()));
    }

    @Test
    void p8RepeatedRequestGetsTheFirstAnswerAndNoMoreMoney() throws ApiException {
        var order = paid(1);
        var key = UUID.randomUUID();

        var first = order.shop().refunds().returnTickets(order.id(), key, new GiveBackRequest());
        var second = order.shop().refunds().returnTickets(order.id(), key, new GiveBackRequest());

        assertThat(second.getRefunds()).isEqualTo(first.getRefunds());
        assertThat(theatre.count("select count(*) from refund where order_id = '" + order.id() + "'"))
                .isOne();
    }

    @Test
    void p5OfManyWhoGiveTheSameTicketBackAtOnceOneIsRefunded() throws Exception {
        for (int round = 0; round < Scale.of(50); round++) {
            var order = paid(2);
            var item = order.now().getItems().getFirst().getItemId();

            var refunded = atOnce(8, () -> {
                try {
                    return giveBack(order, item).getRefunds().size();
                } catch (ApiException e) {
                    assertThat(AbendkasseProblem.from(e).orElseThrow().getCode())
                            .isEqualTo("item-not-found");
                    return 0;
                }
            });

            assertThat(refunded).isOne();
            assertThat(theatre.count(
                            "select sum(amount)::bigint from money_entry where order_id = '" + order.id() + "'"))
                    .isEqualTo(5_250);
        }
    }

    @Test
    void onlyWhatTheBuyerWantedForItsOwnSakeIsAFactForSuggestions() throws ApiException {
        var wanted = paid(1);
        giveBack(wanted);
        assertThat(suggestionFacts(wanted)).isOne();

        Theatre.execute(
                theatre.db(),
                "update performance set state = 'POSTPONED', refund_until = clock_timestamp() + interval '1 day'");
        var postponed = paid(1);
        giveBack(postponed);

        assertThat(suggestionFacts(postponed)).isZero();
    }

    @Test
    void strangerCannotGiveTicketsBack() throws ApiException {
        var order = paid(1);

        Problems.expect(
                404,
                "order-not-found",
                () -> paid(1).shop().refunds().returnTickets(order.id(), UUID.randomUUID(), new GiveBackRequest()));
        Problems.expect(
                401,
                "unauthorized",
                () -> theatre.shop().refunds().returnTickets(order.id(), UUID.randomUUID(), new GiveBackRequest()));
    }

    @Test
    void unpaidOrderHasNothingToGiveBack() throws ApiException {
        var cart = theatre.hold(theatre.best("ga", 1));
        var order = (Outcome.PaymentRequired) theatre.checkOut(cart, PaymentMethod.CARD);

        Problems.expect(
                409,
                "order-state-conflict",
                () -> theatre.shop()
                        .withOrderToken(order.orderToken())
                        .refunds()
                        .returnTickets(order.orderId(), UUID.randomUUID(), new GiveBackRequest()));
    }

    private static PaidOrder paid(int quantity) throws ApiException {
        return PaidOrder.of(theatre, theatre.best("a", quantity));
    }

    private static RefundResult giveBack(PaidOrder order, UUID... items) throws ApiException {
        return order.shop()
                .refunds()
                .returnTickets(
                        order.id(),
                        UUID.randomUUID(),
                        new GiveBackRequest().itemIds(items.length == 0 ? null : Set.of(items)));
    }

    private static long suggestionFacts(PaidOrder order) {
        return theatre.count(
                "select count(*) from suggestion_fact where kind = 'BUYER_REFUND' and order_id = '" + order.id() + "'");
    }

    private static long tickets(PaidOrder order, String which) {
        return theatre.count("select count(*) from ticket where order_id = '" + order.id() + "' and " + which);
    }

    private static int atOnce(int many, Callable<Integer> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = threads.invokeAll(
                    IntStream.range(0, many).mapToObj(_ -> work).toList());
            int sum = 0;
            for (var one : all) {
                sum += one.get();
            }
            return sum;
        }
    }

    private static Money eur(long amount) {
        return new Money().amount(amount).currency("EUR");
    }
}
