package dev.abendkasse.server.order.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.UnpaidOrder;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/** What becomes of an order when money comes, or does not, at whatever time. */
class SettlementTests {

    private static final DatabaseClient DB = TestDatabase.fresh().client();
    private static final OrderProbe PROBE = new OrderProbe(DB);

    private UUID performance;
    private UnpaidOrder order;

    @BeforeEach
    void makeAnOrder() {
        performance = Awaited.of(Hall.open(DB, 10, 0));
        order = UnpaidOrder.of(DB, performance, "r1-1", "r1-2");
    }

    @ParameterizedTest
    @CsvSource({
        "CREATED, PROCESSING, PROCESSING, PROCESSING",
        "CREATED, SUCCEEDED, CONFIRMED, SUCCEEDED",
        "CREATED, FAILED, FAILED, FAILED",
        "CREATED, CANCELLED, CANCELLED, CANCELLED",
        "ACTION_REQUIRED, PROCESSING, PROCESSING, PROCESSING",
        "ACTION_REQUIRED, SUCCEEDED, CONFIRMED, SUCCEEDED",
        "ACTION_REQUIRED, FAILED, FAILED, FAILED",
        "ACTION_REQUIRED, CANCELLED, CANCELLED, CANCELLED",
        "PROCESSING, PROCESSING, ALREADY, PROCESSING",
        "PROCESSING, SUCCEEDED, CONFIRMED, SUCCEEDED",
        "PROCESSING, FAILED, FAILED, FAILED",
        "PROCESSING, CANCELLED, CANCELLED, CANCELLED",
        "SUCCEEDED, PROCESSING, ALREADY, SUCCEEDED",
        "SUCCEEDED, SUCCEEDED, ALREADY, SUCCEEDED",
        "SUCCEEDED, FAILED, ALREADY, SUCCEEDED",
        "SUCCEEDED, CANCELLED, ALREADY, SUCCEEDED",
        "FAILED, PROCESSING, ALREADY, FAILED",
        "FAILED, SUCCEEDED, CONFIRMED, SUCCEEDED",
        "FAILED, FAILED, ALREADY, FAILED",
        "FAILED, CANCELLED, ALREADY, FAILED",
        "CANCELLED, PROCESSING, ALREADY, CANCELLED",
        "CANCELLED, SUCCEEDED, CONFIRMED, SUCCEEDED",
        "CANCELLED, FAILED, ALREADY, CANCELLED",
        "CANCELLED, CANCELLED, ALREADY, CANCELLED"
    })
    void eventCountsOnlyWhereItLeadsForward(String from, String event, String settled, String after) {
        attemptIs(from);

        assertThat(PROBE.settle(order, event)).isEqualTo(settled);

        assertThat(PROBE.attemptState(order)).isEqualTo(after);
        assertThat(PROBE.state(order)).isEqualTo(settled.equals("CONFIRMED") ? "CONFIRMED" : "AWAITING_PAYMENT");
    }

    @Test
    void eventOfAnUnknownPaymentChangesNothing() {
        var unknown = new UnpaidOrder(order.orderId(), UUID.randomUUID(), order.checkout());

        assertThat(Awaited.of(PROBE.success(unknown, 10_000, "EUR"))).isEqualTo("UNKNOWN");
        assertThat(PROBE.state(order)).isEqualTo("AWAITING_PAYMENT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACTION_REQUIRED", "FAILED", "CANCELLED"})
    void successCountsOnceHoweverOftenItComesAtOnce(String from) {
        attemptIs(from);

        var settled = Awaited.of(Flux.range(0, 20)
                .flatMap(_ -> PROBE.success(order, 10_000, "EUR"), 20)
                .collectList());

        assertThat(settled).hasSize(20).containsOnlyOnce("CONFIRMED").contains("ALREADY");
        assertThat(settled).filteredOn("ALREADY"::equals).hasSize(19);
        assertThat(PROBE.paymentStatus(order)).isEqualTo("PAID");
        assertThat(PROBE.balance(order)).isEqualTo(10_000);
        assertThat(PROBE.keptForGood(order)).isEqualTo(2);
        assertThat(PROBE.count("select count(*) from ticket where revoked_at is null and " + OrderProbe.is(order)))
                .isEqualTo(2);
        assertThat(PROBE.refunds(order)).isEqualTo("none");
    }

    @Test
    void lessThanTheTotalLeavesTheOrderOpenAndPeopleHearOfIt() {
        assertThat(Awaited.of(PROBE.success(order, 9_999, "EUR"))).isEqualTo("AWAITING_PAYMENT");

        assertThat(PROBE.paymentStatus(order)).isEqualTo("PART_PAID");
        assertThat(PROBE.keptForGood(order)).isZero();
        assertThat(PROBE.lateMoney(order)).isEqualTo("OPEN 9999 EUR ");
        assertThat(PROBE.refunds(order)).isEqualTo("none");
    }

    @Test
    void restOfTheTotalConfirms() {
        Awaited.of(PROBE.success(order, 4_000, "EUR"));
        var rest = PROBE.payAgain(order);
        assertThat(PROBE.count("select amount from payment where " + OrderProbe.isAttemptOf(rest)))
                .isEqualTo(6_000);

        assertThat(Awaited.of(PROBE.success(rest, 6_000, "EUR"))).isEqualTo("CONFIRMED");

        assertThat(PROBE.paymentStatus(order)).isEqualTo("PAID");
        assertThat(PROBE.lateMoney(order)).as("nothing is left to do").isEqualTo("SETTLED 4000 EUR ");
        assertThat(PROBE.refunds(order)).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"10000, USD", "0, EUR"})
    void moneyThatCannotBeBookedConfirmsNothingAndGoesToPeople(long amount, String currency) {
        assertThat(Awaited.of(PROBE.success(order, amount, currency))).isEqualTo("CASE");

        assertThat(PROBE.state(order)).isEqualTo("AWAITING_PAYMENT");
        assertThat(PROBE.paymentStatus(order)).isEqualTo("UNPAID");
        assertThat(PROBE.keptForGood(order)).isZero();
        assertThat(PROBE.lateMoney(order)).isEqualTo("OPEN " + amount + " " + currency + " ");
        assertThat(PROBE.refunds(order)).isEqualTo("none");
    }

    @Test
    void moneyAboveTheTotalConfirmsAndTheRestGoesBack() {
        assertThat(Awaited.of(PROBE.success(order, 10_001, "EUR"))).isEqualTo("CONFIRMED");

        assertThat(PROBE.keptForGood(order)).isEqualTo(2);
        assertThat(PROBE.lateMoney(order)).isEqualTo("OPEN 1 EUR ");
        assertThat(PROBE.refunds(order)).isEqualTo("1 OVERPAYMENT");
        assertThat(PROBE.balance(order)).isEqualTo(10_000);
        assertThat(PROBE.paymentStatus(order)).isEqualTo("PAID");
    }

    @Test
    void d7SuccessAfterTheOrderWasCancelledGoesBackOnceAndPeopleHearOfIt() {
        PROBE.cancel(order);

        assertThat(PROBE.settle(order, "SUCCEEDED")).isEqualTo("REFUNDING");
        assertThat(PROBE.settle(order, "SUCCEEDED")).isEqualTo("ALREADY");

        assertThat(PROBE.state(order)).isEqualTo("CANCELLED");
        assertThat(PROBE.places(order, "true")).isZero();
        assertThat(PROBE.lateMoney(order)).isEqualTo("OPEN 10000 EUR ");
        assertThat(PROBE.refunds(order)).isEqualTo("10000 LATE_PAYMENT");
        assertThat(PROBE.balance(order)).isZero();
    }

    @Test
    void whatWasPaidOfAnOrderThatRunsOutGoesBackOnceAndPeopleHearOfIt() {
        Awaited.of(PROBE.success(order, 4_000, "EUR"));
        PROBE.run("update orders set held_until = clock_timestamp() where " + OrderProbe.is(order));

        Awaited.of(PROBE.expire(10));
        Awaited.of(PROBE.expire(10));

        assertThat(PROBE.state(order)).isEqualTo("EXPIRED");
        assertThat(PROBE.lateMoney(order)).as("counted once").isEqualTo("OPEN 4000 EUR ");
        assertThat(PROBE.refunds(order)).isEqualTo("4000 LATE_PAYMENT");
        assertThat(PROBE.balance(order)).isZero();
        assertThat(PROBE.paymentStatus(order)).isEqualTo("REFUNDED");
    }

    @Test
    void partThatIsFollowedByTooMuchLeavesACaseForWhatGoesBackOnly() {
        Awaited.of(PROBE.success(order, 4_000, "EUR"));
        var rest = PROBE.payAgain(order);

        assertThat(Awaited.of(PROBE.success(rest, 6_500, "EUR"))).isEqualTo("CONFIRMED");

        assertThat(PROBE.lateMoney(order)).isEqualTo("OPEN 500 EUR 4000 EUR (SETTLED)");
        assertThat(PROBE.refunds(order)).isEqualTo("500 OVERPAYMENT");
    }

    @Test
    void orderThatCannotBeEndedHoldsUpNoOtherAndIsNamed() {
        var other = UnpaidOrder.of(DB, performance, "r1-3");
        PROBE.run("update orders set held_until = clock_timestamp() where " + OrderProbe.is(order) + " or "
                + OrderProbe.is(other));
        PROBE.run("create function refuse_one() returns trigger language plpgsql as $$ begin"
                + " if new.state = 'EXPIRED' and new.order_id = '" + order.orderId() + "' then"
                + " raise exception 'it cannot be'; end if; return new; end $$");
        PROBE.run("create trigger refuse_one before update on orders for each row execute function refuse_one()");

        var expiry = Awaited.of(PROBE.orders().expire(CaseNumber.candidates(10)));

        PROBE.run("drop function refuse_one cascade");
        assertThat(expiry.failed()).singleElement().satisfies(failure -> {
            assertThat(failure.orderId()).isEqualTo(order.orderId());
            assertThat(failure.error()).contains("it cannot be");
        });
        assertThat(PROBE.text("select state from orders where " + OrderProbe.is(other)))
                .isEqualTo("EXPIRED");
        assertThat(PROBE.state(order)).isEqualTo("AWAITING_PAYMENT");
        Awaited.of(PROBE.expire(10));
        assertThat(PROBE.state(order)).isEqualTo("EXPIRED");
    }

    @Test
    void secondPaymentOfAnOrderGoesBackAndChangesNothingElse() {
        var second = PROBE.payAgain(order);
        PROBE.settle(order, "SUCCEEDED");

        assertThat(Awaited.of(PROBE.success(second, 10_000, "EUR"))).isEqualTo("CONFIRMED");

        assertThat(PROBE.state(order)).isEqualTo("CONFIRMED");
        assertThat(PROBE.paymentStatus(order)).isEqualTo("PAID");
        assertThat(PROBE.lateMoney(order)).isEqualTo("OPEN 10000 EUR ");
        assertThat(PROBE.refunds(order)).isEqualTo("10000 LATE_PAYMENT");
        assertThat(PROBE.count("select count(*) from refund where " + OrderProbe.isAttemptOf(second)))
                .as("back to where it came from")
                .isOne();
    }

    @Test
    void moneyThatComesAgainIsAddedToTheCaseOfItsOrder() {
        var second = PROBE.payAgain(order);
        PROBE.cancel(order);
        PROBE.settle(order, "SUCCEEDED");

        Awaited.of(PROBE.success(second, 4_000, "EUR"));

        assertThat(PROBE.lateMoney(order)).isEqualTo("OPEN 14000 EUR ");
        assertThat(PROBE.refunds(order)).isEqualTo("10000 LATE_PAYMENT, 4000 LATE_PAYMENT");
    }

    @Test
    void moneyThatComesAfterPeopleWereDoneOpensTheCaseAgain() {
        var second = PROBE.payAgain(order);
        PROBE.cancel(order);
        PROBE.settle(order, "SUCCEEDED");
        PROBE.run("update case_file set state = 'SETTLED', ended_at = clock_timestamp() where " + OrderProbe.is(order));

        Awaited.of(PROBE.success(second, 4_000, "USD"));

        assertThat(PROBE.lateMoney(order)).isEqualTo("OPEN 4000 USD 10000 EUR (SETTLED)");
        assertThat(PROBE.refunds(order)).isEqualTo("10000 LATE_PAYMENT");
    }

    @Test
    void confirmingAnOrderWritesItsRowOnceAndSoDoesEachNoteOfAChange() {
        PROBE.run("create sequence order_writes");
        PROBE.run("""
                create function count_write() returns trigger language plpgsql as $$
                begin
                    perform nextval('order_writes');
                    return new;
                end
                $$
                """);
        PROBE.run("create trigger count_write before update on orders for each row execute function count_write()");

        PROBE.run("select touch_order('" + order.orderId() + "')");
        PROBE.run("select confirm_order('" + order.orderId() + "')");

        PROBE.run("drop function count_write cascade");
        assertThat(PROBE.count("select last_value from order_writes")).isEqualTo(2);
    }

    private void attemptIs(String state) {
        PROBE.run("update payment set state = '" + state + "' where " + OrderProbe.isAttemptOf(order));
    }
}
