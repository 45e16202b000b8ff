package dev.abendkasse.server.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.CancellationRequest;
import dev.abendkasse.office.model.PerformanceChange;
import dev.abendkasse.office.model.PerformanceChangeState;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.PaymentStatus;
import dev.abendkasse.server.testing.BankTheatre;
import dev.abendkasse.server.testing.BankTheatre.UnpaidTransfer;
import dev.abendkasse.server.testing.Ledger;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Theatre;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A performance is cancelled for which an order was paid in part: that part goes back for this reason, and its buyer is told once. */
class PartPaidCancellationTests {

    private static Theatre theatre;

    private Theatre hall;

    @BeforeAll
    static void openTheTheatre() {
        theatre = BankTheatre.open();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @BeforeEach
    void openAHall() {
        hall = theatre.anotherHall(10);
    }

    @Test
    void p5PartOfTheMoneyGoesBackForTheCancellationWithoutACaseOrASecondMail() throws ApiException {
        var order = BankTheatre.reserved(hall, hall.best("a", 2));
        order.book(4_000);
        var byHand = hall.office()
                .performanceChanges()
                .getPerformanceImpact(hall.performance())
                .getByHand()
                .getAmount();

        var change = cancelled();

        assertThat(byHand).isEqualTo(4_000);
        assertThat(change.getRefunds()).isOne();
        assertThat(order.now().getState()).isEqualTo(OrderState.CANCELLED);
        assertThat(order.now().getPaymentStatus()).isEqualTo(PaymentStatus.REFUNDED);
        assertThat(ledger(order).refunds()).isEqualTo("BY_HAND 4000 PERFORMANCE_CANCELLED");
        assertThat(ledger(order).cases()).isEqualTo("none");
        assertThat(ledger(order).balance()).isZero();
        assertThat(mails(order, "performance-cancelled")).isOne();
        assertThat(mails(order, "order-refunded")).isZero();
    }

    @Test
    void p5PartThatIsEnoughForTheOtherPerformanceConfirmsItAndTheRestGoesBack() throws ApiException {
        var order = forTwoPerformances();
        order.book(7_000);

        cancelled();

        assertThat(order.now().getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(order.now().getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
        assertThat(order.now().getItems()).hasSize(1);
        assertThat(ledger(order).refunds()).isEqualTo("BY_HAND 2000 PERFORMANCE_CANCELLED");
        assertThat(ledger(order).balance()).isEqualTo(5_000);
        assertThat(ledger(order).validTickets()).isOne();
        assertThat(mails(order, "order-refunded")).isZero();
    }

    @Test
    void partThatIsNotEnoughForTheOtherPerformanceIsKeptForIt() throws ApiException {
        var order = forTwoPerformances();
        order.book(4_000);

        cancelled();

        assertThat(order.now().getState()).isEqualTo(OrderState.RESERVED);
        assertThat(order.now().getPaymentStatus()).isEqualTo(PaymentStatus.PART_PAID);
        assertThat(ledger(order).refunds()).isEqualTo("none");
        order.book(1_000);
        assertThat(order.now().getState()).isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void p5MoneyThatCompletesAnOrderWhileItsPerformanceIsBeingCancelledGoesBackWithTheRest() throws ApiException {
        var order = BankTheatre.reserved(hall, hall.best("a", 2));
        var other = forTwoPerformances();
        order.book(4_000);
        // The change has begun and has not come to these orders yet.
        state("CANCELLED");
        order.book(6_000);
        other.book(10_000);
        assertThat(order.now().getState()).isEqualTo(OrderState.RESERVED);
        assertThat(ledger(order).refunds()).isEqualTo("none");

        state("SCHEDULED");
        cancelled();

        assertThat(order.now().getState()).isEqualTo(OrderState.CANCELLED);
        assertThat(ledger(order).refunds()).isEqualTo("BY_HAND 10000 PERFORMANCE_CANCELLED");
        assertThat(ledger(order).cases()).isEqualTo("none");
        assertThat(other.now().getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(ledger(other).refunds()).isEqualTo("BY_HAND 5000 PERFORMANCE_CANCELLED");
        assertThat(ledger(other).cases()).isEqualTo("none");
    }

    private void state(String state) {
        Theatre.execute(
                theatre.db(),
                "update performance set state = '" + state + "' where performance_id = '" + hall.performance() + "'");
    }

    private UnpaidTransfer forTwoPerformances() throws ApiException {
        var cart = hall.hold(hall.best("a", 1));
        var other = theatre.anotherHall(10);
        var both = hall.shop()
                .withCartToken(cart.getCartToken())
                .carts()
                .addItems(cart.getCartId(), other.best("a", 1), null, UUID.randomUUID());
        var outcome =
                (Outcome.Reserved) hall.checkOut(both.cartToken(cart.getCartToken()), PaymentMethod.BANK_TRANSFER);
        return new UnpaidTransfer(hall, outcome.order(), outcome.orderToken());
    }

    private PerformanceChange cancelled() throws ApiException {
        var changes = hall.office().performanceChanges();
        var begun = changes.cancelPerformance(
                hall.performance(), UUID.randomUUID(), new CancellationRequest().reason("The hall is closed"));
        return PayPage.await(
                () -> changes.getPerformanceChange(begun.getChangeId()),
                now -> now.getState() == PerformanceChangeState.DONE);
    }

    private static Ledger ledger(UnpaidTransfer order) {
        return new Ledger(theatre, order.id());
    }

    private static long mails(UnpaidTransfer order, String template) {
        return theatre.count("select count(*) from outbox_message where kind = 'MAIL' and key like '" + template + ":%"
                + order.id() + "%'");
    }
}
