package dev.abendkasse.server.web;

import dev.abendkasse.api.model.BankTransfer;
import dev.abendkasse.api.model.Order;
import dev.abendkasse.api.model.OrderState;
import dev.abendkasse.api.model.Payment;
import dev.abendkasse.api.model.PaymentMethod;
import dev.abendkasse.api.model.PaymentState;
import dev.abendkasse.api.model.PaymentStatus;
import dev.abendkasse.api.model.PspMethod;
import dev.abendkasse.server.shared.OrderView;
import dev.abendkasse.server.shared.PaymentView;
import dev.abendkasse.server.shared.PurchaseMethod;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Shows orders and payments as the contract has them. Names of states are the same on both sides. */
public final class OrderViews {

    private OrderViews() {}

    public static Order toContract(OrderView order) {
        return new Order(
                        order.orderId(),
                        order.orderNumber(),
                        order.shopId(),
                        OrderState.valueOf(order.state().name()),
                        PaymentStatus.valueOf(order.paymentStatus().name()),
                        order.version(),
                        order.createdAt(),
                        order.items().stream().map(PurchaseMapper::toContract).toList(),
                        PurchaseMapper.toContract(order.total().money()),
                        PurchaseMapper.toContract(order.paid().money()))
                .buyer(PurchaseMapper.toContract(order.buyer()))
                .heldUntil(order.heldUntil())
                .payUntil(order.payUntil())
                .bankTransfer(toContract(order.bankTransfer()))
                .paymentMethod(toContract(order.paymentMethod()))
                .payment(order.payment() == null ? null : toContract(order.payment()))
                .caseNumber(order.caseNumber());
    }

    public static Payment toContract(PaymentView payment) {
        return new Payment(
                        payment.paymentId(),
                        PaymentState.valueOf(payment.state().name()),
                        PspMethod.valueOf(payment.method().name()),
                        PurchaseMapper.toContract(payment.amount().money()),
                        payment.expiresAt())
                .url(isOpen(payment) && payment.url() != null ? URI.create(payment.url()) : null)
                .clientSecret(isOpen(payment) ? payment.clientSecret() : null);
    }

    private static @Nullable BankTransfer toContract(OrderView.@Nullable BankTransfer transfer) {
        return transfer == null
                ? null
                : new BankTransfer(transfer.accountHolder(), transfer.iban(), transfer.reference()).bic(transfer.bic());
    }

    private static boolean isOpen(PaymentView payment) {
        return payment.state() == PaymentView.State.ACTION_REQUIRED;
    }

    public static @Nullable PaymentMethod toContract(@Nullable PurchaseMethod method) {
        return method == null ? null : PaymentMethod.valueOf(method.name());
    }
}
