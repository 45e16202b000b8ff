package dev.abendkasse.server.order.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.order.domain.Expiry;
import dev.abendkasse.server.order.domain.OrderResult;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.UnpaidOrder;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The orders of one database, without Spring: what can happen to them, and what can be seen of them. */
final class OrderProbe {

    private final DatabaseClient db;
    private final OrderStore orders;
    private final AttemptStore attempts;

    OrderProbe(DatabaseClient db) {
        this.db = db;
        this.orders = OrderTables.orders(db);
        this.attempts = OrderTables.attempts(db);
    }

    OrderStore orders() {
        return orders;
    }

    /** The provider has the order's attempt. */
    void open(UnpaidOrder order) {
        Awaited.of(attempts.opened(OrderCommands.opened(order)));
    }

    void cancel(UnpaidOrder order) {
        assertThat(Awaited.of(orders.execute(OrderCommands.cancel(order)))).isInstanceOf(OrderResult.Changed.class);
    }

    /** The order with another attempt. */
    UnpaidOrder payAgain(UnpaidOrder order) {
        var payment = UUID.randomUUID();
        assertThat(Awaited.of(orders.execute(OrderCommands.startPayment(order, payment))))
                .isInstanceOf(OrderResult.Started.class);
        return new UnpaidOrder(order.orderId(), payment, order.checkout());
    }

    /** The provider says what has become of an attempt at 100.00 EUR. */
    String settle(UnpaidOrder order, String kind) {
        return Awaited.of(settlement(order, kind, 10_000, "EUR"));
    }

    Mono<String> success(UnpaidOrder order, long amount, String currency) {
        return settlement(order, "SUCCEEDED", amount, currency);
    }

    Mono<Integer> expire(int atMost) {
        return orders.expire(CaseNumber.candidates(atMost)).map(Expiry::expired);
    }

    String state(UnpaidOrder order) {
        return text("select state from orders where " + is(order));
    }

    String paymentStatus(UnpaidOrder order) {
        return text("select payment_status from orders where " + is(order));
    }

    String attemptState(UnpaidOrder order) {
        return text("select state from payment where " + isAttemptOf(order));
    }

    /** State, amount, currency and note of the order's case for money that it cannot use. */
    String lateMoney(UnpaidOrder order) {
        return text("select concat_ws(' ', state, amount, currency, note) from case_file where kind = 'LATE_PAYMENT'"
                + " and " + is(order));
    }

    /** Amount and reason of each refund that is on its way to the provider. */
    String refunds(UnpaidOrder order) {
        return text("select coalesce(string_agg(amount || ' ' || reason, ', ' order by refund.created_at), 'none')"
                + " from refund join outbox_message on kind = 'PAYMENT_REFUND' and key = refund_id::text"
                + " where refund.state = 'PENDING' and outbox_message.state = 'WAITING' and " + is(order));
    }

    long balance(UnpaidOrder order) {
        return count("select balance_of('" + order.orderId() + "')");
    }

    long places(UnpaidOrder order, String condition) {
        return count("select count(*) from place where holder = '" + order.orderId() + "' and " + condition);
    }

    long keptForGood(UnpaidOrder order) {
        return places(order, "held_until = 'infinity'");
    }

    static String is(UnpaidOrder order) {
        return "order_id = '" + order.orderId() + "'";
    }

    static String isAttemptOf(UnpaidOrder order) {
        return "payment_id = '" + order.paymentId() + "'";
    }

    void run(String sql) {
        Awaited.of(db.sql(sql).then());
    }

    String text(String sql) {
        return Awaited.of(db.sql(sql).mapValue(String.class).one());
    }

    long count(String sql) {
        return Awaited.of(db.sql(sql).mapValue(Long.class).one());
    }

    private Mono<String> settlement(UnpaidOrder order, String kind, long amount, String currency) {
        return orders.settlePayment(OrderCommands.settlement(order, kind, amount, currency));
    }
}
