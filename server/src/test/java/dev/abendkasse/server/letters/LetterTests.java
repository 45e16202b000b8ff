package dev.abendkasse.server.letters;

import static dev.abendkasse.server.letters.domain.Letter.CASE_APPROVED;
import static dev.abendkasse.server.letters.domain.Letter.CASE_REJECTED;
import static dev.abendkasse.server.letters.domain.Letter.ORDER_CANCELLED;
import static dev.abendkasse.server.letters.domain.Letter.ORDER_CONFIRMED;
import static dev.abendkasse.server.letters.domain.Letter.ORDER_EXPIRED;
import static dev.abendkasse.server.letters.domain.Letter.ORDER_REFUNDED;
import static dev.abendkasse.server.letters.domain.Letter.ORDER_RESERVED;
import static dev.abendkasse.server.letters.domain.Letter.ORDER_UNDER_REVIEW;
import static dev.abendkasse.server.letters.domain.Letter.PAYMENT_LINK;
import static dev.abendkasse.server.letters.domain.Letter.PERFORMANCE_CANCELLED;
import static dev.abendkasse.server.letters.domain.Letter.PERFORMANCE_POSTPONED;
import static dev.abendkasse.server.letters.domain.Letter.RESERVATION_REMINDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.letters.domain.Letter;
import dev.abendkasse.server.letters.domain.Letter.CaseState;
import dev.abendkasse.server.letters.domain.LetterFacts.ChangeKind;
import dev.abendkasse.server.letters.domain.LetterFacts.Refund.Reason;
import dev.abendkasse.server.shared.OrderView.PaymentStatus;
import dev.abendkasse.server.shared.OrderView.State;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Which letters are still true when they are sent. */
class LetterTests {

    @Test
    void d17LetterIsSentOnlyWhileItsOrderIsAsItSays() {
        assertThat(statesOf(ORDER_CONFIRMED)).containsExactly(State.CONFIRMED);
        assertThat(statesOf(ORDER_RESERVED)).containsExactly(State.RESERVED);
        assertThat(statesOf(ORDER_CANCELLED)).containsExactly(State.CANCELLED);
        assertThat(statesOf(ORDER_EXPIRED)).containsExactly(State.EXPIRED);
        assertThat(statesOf(ORDER_UNDER_REVIEW)).isEmpty();
        assertThat(statesOf(ORDER_UNDER_REVIEW, order -> order.matter(CaseState.OPEN)))
                .containsExactly(State.UNDER_REVIEW);
    }

    @Test
    void d17ReminderIsSentOnlyOfAReservationThatStillEndsThen() {
        var end = FactsFixture.DEADLINE;

        assertThat(statesOf(RESERVATION_REMINDER, order -> order.remindedOf(end)))
                .containsExactly(State.RESERVED);
        assertThat(statesOf(RESERVATION_REMINDER, order -> order.remindedOf(end.minusSeconds(60))))
                .isEmpty();
        assertThat(statesOf(RESERVATION_REMINDER, order -> order.remindedOf(end).paid(PaymentStatus.PAID)))
                .isEmpty();
    }

    @Test
    void decidedCaseIsNotAnnouncedAsOpen() {
        var order = FactsFixture.of(State.UNDER_REVIEW);

        assertThat(ORDER_UNDER_REVIEW.holds(
                        order.matter(CaseState.WAITING_FOR_CUSTOMER).facts()))
                .isTrue();
        assertThat(ORDER_UNDER_REVIEW.holds(order.matter(CaseState.APPROVED).facts()))
                .isFalse();
    }

    @Test
    void ticketsAreNotSentWhileABankDisputesTheirPayment() {
        var order = FactsFixture.of(State.CONFIRMED);

        assertThat(ORDER_CONFIRMED.holds(order.paid(PaymentStatus.PAID).facts()))
                .isTrue();
        assertThat(ORDER_CONFIRMED.holds(order.paid(PaymentStatus.DISPUTED).facts()))
                .isFalse();
    }

    @Test
    void confirmedOrderOfWhichTicketsWereGivenBackIsTold() {
        assertThat(ORDER_CANCELLED.holds(FactsFixture.of(State.CONFIRMED).facts()))
                .isFalse();
        assertThat(ORDER_CANCELLED.holds(
                        FactsFixture.of(State.CONFIRMED).withReturns().facts()))
                .isTrue();
    }

    @Test
    void refundIsToldWhateverBecameOfItsOrder() {
        assertThat(statesOf(ORDER_REFUNDED)).isEmpty();
        assertThat(statesOf(ORDER_REFUNDED, order -> order.refund(Reason.LATE_PAYMENT, false)))
                .containsExactly(State.values());
    }

    @Test
    void linkIsSentOnlyWhileItCanBePaid() {
        assertThat(statesOf(PAYMENT_LINK)).isEmpty();
        assertThat(statesOf(PAYMENT_LINK, order -> order.link(false))).isEmpty();
        assertThat(statesOf(PAYMENT_LINK, order -> order.link(true)))
                .containsExactly(State.AT_BOX_OFFICE, State.RESERVED, State.AWAITING_PAYMENT, State.UNDER_REVIEW);
    }

    @Test
    void cancelledPerformanceIsToldAlsoWhenItsOrderHasEndedWithIt() {
        assertThat(statesOf(PERFORMANCE_CANCELLED)).isEmpty();
        assertThat(statesOf(PERFORMANCE_CANCELLED, FactsFixture::cancelled)).containsExactly(State.values());
        assertThat(statesOf(PERFORMANCE_POSTPONED, FactsFixture::cancelled)).isEmpty();
    }

    @Test
    void newDateIsToldOnlyToThoseWhoStillComeAndOnlyIfItIsTheLatest() {
        assertThat(statesOf(PERFORMANCE_POSTPONED, order -> order.postponed(null)))
                .containsExactly(
                        State.AT_BOX_OFFICE,
                        State.RESERVED,
                        State.AWAITING_PAYMENT,
                        State.UNDER_REVIEW,
                        State.CONFIRMED);
        assertThat(statesOf(PERFORMANCE_POSTPONED, order -> postponed(order, false, true)))
                .isEmpty();
        assertThat(statesOf(PERFORMANCE_POSTPONED, order -> postponed(order, true, false)))
                .isEmpty();
    }

    @Test
    void decisionIsToldOnlyIfItStillStands() {
        assertThat(statesOf(CASE_APPROVED)).isEmpty();
        assertThat(statesOf(CASE_APPROVED, order -> order.matter(CaseState.APPROVED)))
                .containsExactly(
                        State.AT_BOX_OFFICE,
                        State.RESERVED,
                        State.AWAITING_PAYMENT,
                        State.UNDER_REVIEW,
                        State.CONFIRMED);
        assertThat(statesOf(CASE_REJECTED, order -> order.matter(CaseState.REJECTED)))
                .doesNotContain(State.CONFIRMED)
                .contains(State.CANCELLED);
        assertThat(statesOf(CASE_REJECTED, order -> order.matter(CaseState.APPROVED)))
                .isEmpty();
    }

    private static FactsFixture postponed(FactsFixture order, boolean concerned, boolean latest) {
        return order.change(ChangeKind.POSTPONEMENT, FactsFixture.START.plusSeconds(60), null, concerned, latest);
    }

    private static EnumSet<State> statesOf(Letter letter) {
        return statesOf(letter, order -> order);
    }

    private static EnumSet<State> statesOf(Letter letter, UnaryOperator<FactsFixture> with) {
        var states = EnumSet.noneOf(State.class);
        Arrays.stream(State.values())
                .filter(state -> letter.holds(with.apply(FactsFixture.of(state)).facts()))
                .forEach(states::add);
        return states;
    }
}
