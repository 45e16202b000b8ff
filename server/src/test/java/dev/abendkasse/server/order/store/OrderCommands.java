package dev.abendkasse.server.order.store;

import dev.abendkasse.server.order.domain.OrderCommand;
import dev.abendkasse.server.order.domain.Settlement;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.testing.UnpaidOrder;
import java.util.UUID;

/** What can happen to an order, each under a new key, as if nobody had asked for it before. */
public final class OrderCommands {

    private OrderCommands() {}

    public static OrderCommand cancel(UnpaidOrder order) {
        return new OrderCommand.Cancel(order.orderId(), UnpaidOrder.TOKEN_HASH, null, once("cancel"));
    }

    public static OrderCommand release(UnpaidOrder order, UUID cart) {
        return new OrderCommand.Release(
                order.orderId(),
                UnpaidOrder.TOKEN_HASH,
                null,
                cart,
                UnpaidOrder.TOKEN_HASH,
                UnpaidOrder.pickupCode(),
                once("release"));
    }

    public static OrderCommand startPayment(UnpaidOrder order, UUID payment) {
        return startPayment(order, payment, "PAYPAL");
    }

    public static OrderCommand startPayment(UnpaidOrder order, UUID payment, String method) {
        return new OrderCommand.StartPayment(
                order.orderId(),
                UnpaidOrder.TOKEN_HASH,
                null,
                payment,
                PurchaseMethod.valueOf(method),
                null,
                null,
                once("createPayment"));
    }

    /** What the provider opened for the order's first attempt. */
    public static AttemptStore.Opened opened(UnpaidOrder order) {
        return new AttemptStore.Opened(order.paymentId(), "ref-1", "https://pay.example.org/1", null, order.checkout());
    }

    public static Settlement settlement(UnpaidOrder order, String kind, long amount, String currency) {
        return new Settlement(
                order.paymentId(),
                kind,
                amount,
                currency,
                null,
                null,
                CaseNumber.random().value(),
                CaseNumber.random().value());
    }

    private static Idempotency once(String scope) {
        return new Idempotency(scope, UUID.randomUUID(), "00");
    }
}
