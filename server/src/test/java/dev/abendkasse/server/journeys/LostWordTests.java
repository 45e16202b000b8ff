package dev.abendkasse.server.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.OutboxDismissal;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Order;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.PaymentState;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.DistantProvider;
import dev.abendkasse.server.testing.Ledger;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Problems;
import dev.abendkasse.server.testing.ProvidersWord;
import dev.abendkasse.server.testing.Theatre;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the provider has said got lost, or comes when nobody can act on it: neither money nor seats are lost with it. */
class LostWordTests {

    private static DistantProvider provider;
    private static Theatre theatre;

    @BeforeAll
    static void openTheTheatre() {
        provider = new DistantProvider();
        theatre = Theatre.open(provider.settings(Map.of("abendkasse.outbox.look-every", "500ms")));
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
        provider.close();
    }

    @AfterEach
    void letTheProviderRecover() {
        provider.recover();
    }

    @Test
    void d1AndP5SuccessWhoseNotificationIsLostIsAskedForAtTheEndOfThePayment() throws ApiException {
        var order = awaitingPayment();
        paidUnheardOf(order);

        endOfPayment(order);

        PayPage.await(() -> now(order), now -> now.getState() == OrderState.CONFIRMED);
        assertThat(ledger(order).refunds()).isEqualTo("none");
        assertThat(ledger(order).cases()).isEqualTo("none");
    }

    @Test
    void d1OrderKeepsItsSeatsWhileItIsNotKnownWhetherItIsPaid() throws ApiException {
        var order = awaitingPayment();
        provider.fallSilent();
        paidUnheardOf(order);
        endOfPayment(order);

        PayPage.await(() -> isHeldForMinutes(order, 30), held -> held);
        provider.recover();

        PayPage.await(() -> now(order), now -> now.getState() == OrderState.CONFIRMED);
        assertThat(ledger(order).refunds()).isEqualTo("none");
    }

    @Test
    void orderThatWaitedForWordInVainEndsWhenTheProviderHasCancelledIt() throws ApiException {
        var order = awaitingPayment();
        provider.fallSilent();
        endOfPayment(order);
        PayPage.await(() -> isHeldForMinutes(order, 30), held -> held);

        provider.recover();

        PayPage.await(() -> isHeldForMinutes(order, 30), held -> !held);
        theatre.letTimePass(order.orderId());
        assertThat(now(order).getState()).isEqualTo(OrderState.EXPIRED);
    }

    @Test
    void d1AndP5SuccessOfAPaymentInProcessingIsAskedForNowAndThen() throws ApiException {
        var order = awaitingPayment();
        PayPage.of(order.payment()).keepWaiting();
        PayPage.await(() -> now(order), now -> now.getPayment().getState() == PaymentState.PROCESSING);
        paidUnheardOf(order);

        Theatre.execute(
                theatre.db(),
                "update outbox_message set due_at = clock_timestamp() where kind = 'PAYMENT_CHECK' and key = '"
                        + order.payment().getPaymentId() + "'");

        PayPage.await(() -> now(order), now -> now.getState() == OrderState.CONFIRMED);
    }

    @Test
    void p5MoneyForAPaymentThatIsNotOursIsACaseOnce() throws ApiException {
        var unknown = UUID.randomUUID();

        tell(unknown, "evt-" + unknown, "payment.succeeded");
        tell(unknown, "evt-" + unknown, "payment.succeeded");
        tell(unknown, "evt-cancelled-" + unknown, "payment.cancelled");

        var cases =
                theatre
                        .office()
                        .cases()
                        .listCases(null, null, null, null, null, null, null, null, 100)
                        .getItems()
                        .stream()
                        .filter(one -> one.getNote() != null && one.getNote().contains(unknown.toString()))
                        .toList();
        assertThat(cases).singleElement().satisfies(one -> {
            assertThat(one.getOrderId()).isNull();
            assertThat(one.getAmount().getAmount()).isEqualTo(5_000);
        });
    }

    @Test
    void p5FactThatStaffGiveUpIsACase() throws ApiException {
        var order = awaitingPayment();
        var message = Awaited.of(theatre.db()
                .sql("""
                        with fact as (
                            insert into payment_fact (provider, event_id, payment_id, kind, amount, currency, occurred_at, body)
                            values ('sandbox', :id, :payment, 'SUCCEEDED', 5000, 'EUR', clock_timestamp(), '{}')
                            returning fact_id)
                        insert into outbox_message (kind, key, payload, state, ended_at)
                        select 'PAYMENT_FACT', fact_id::text, '{}', 'DEAD', clock_timestamp() from fact
                        returning message_id
                        """)
                .bind("id", UUID.randomUUID().toString())
                .bind("payment", order.payment().getPaymentId())
                .mapValue(UUID.class)
                .one());

        theatre.office().outbox().dismissOutboxMessage(message, new OutboxDismissal().note("It cannot be booked."));

        assertThat(theatre.count("select count(*) from case_file where kind = 'LATE_PAYMENT' and amount = 5000"
                        + " and state = 'OPEN' and note like '%" + now(order).getOrderNumber() + "%'"))
                .isOne();
    }

    @Test
    void changeOfAPerformanceThatStaffGiveUpDoesNotKeepOthersFromBeginning() throws ApiException {
        var hall = theatre.anotherHall(10);
        var message = Awaited.of(theatre.db()
                .sql("""
                        with change as (
                            insert into performance_change (performance_id, kind, starts_before, starts_after, ordered_by)
                            select performance_id, 'POSTPONEMENT', starts_at, starts_at + interval '1 day', 'test'
                              from performance where performance_id = :performance
                            returning change_id)
                        insert into outbox_message (kind, key, payload, state, ended_at)
                        select 'PERFORMANCE_CHANGE', change_id::text, '{}', 'DEAD', clock_timestamp() from change
                        returning message_id
                        """)
                .bind("performance", hall.performance())
                .mapValue(UUID.class)
                .one());
        Problems.expect(409, "change-in-progress", () -> cancel(hall));

        theatre.office().outbox().dismissOutboxMessage(message, new OutboxDismissal().note("Told by phone."));

        assertThat(cancel(hall)).isNotNull();
    }

    private static UUID cancel(Theatre hall) throws ApiException {
        return hall.office()
                .performanceChanges()
                .cancelPerformance(
                        hall.performance(),
                        UUID.randomUUID(),
                        new dev.abendkasse.office.model.CancellationRequest().reason("Test"))
                .getChangeId();
    }

    private static void tell(UUID payment, String eventId, String type) {
        ProvidersWord.tell(theatre.server(), eventId, type, payment, "");
    }

    /** In the provider's books it is paid, and nobody has heard of it. */
    private static void paidUnheardOf(Outcome.PaymentRequired order) {
        Theatre.execute(
                provider.books(),
                "update sandbox_payment set state = 'SUCCEEDED' where payment_id = '"
                        + order.payment().getPaymentId() + "'");
    }

    /** The end that the buyer sees has come; the hold outlives it by two minutes. */
    private static void endOfPayment(Outcome.PaymentRequired order) {
        var payment = order.payment().getPaymentId();
        Theatre.execute(
                theatre.db(), "update payment set expires_at = clock_timestamp() where payment_id = '" + payment + "'");
        Theatre.execute(
                theatre.db(),
                "update orders set held_until = clock_timestamp() + interval '2 minutes' where order_id = '"
                        + order.orderId() + "'");
        Theatre.execute(
                theatre.db(),
                "update place set held_until = clock_timestamp() + interval '2 minutes' where holder = '"
                        + order.orderId() + "'");
        Theatre.execute(
                theatre.db(),
                "update outbox_message set due_at = clock_timestamp() where kind = 'PAYMENT_CANCEL' and key = '"
                        + payment + "'");
    }

    private static boolean isHeldForMinutes(Outcome.PaymentRequired order, int minutes) {
        return theatre.count("select count(*) from orders join place on holder = order_id where order_id = '"
                        + order.orderId() + "' and place.held_until = orders.held_until"
                        + " and orders.held_until > clock_timestamp() + interval '" + minutes + " minutes'")
                == 1;
    }

    private static Outcome.PaymentRequired awaitingPayment() throws ApiException {
        return (Outcome.PaymentRequired) theatre.checkOut(theatre.hold(theatre.best("ga", 1)), PaymentMethod.CARD);
    }

    private static Order now(Outcome.PaymentRequired order) throws ApiException {
        return theatre.shop().withOrderToken(order.orderToken()).orders().getOrder(order.orderId());
    }

    private static Ledger ledger(Outcome.PaymentRequired order) {
        return new Ledger(theatre, order.orderId());
    }
}
