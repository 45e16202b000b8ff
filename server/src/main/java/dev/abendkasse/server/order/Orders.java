package dev.abendkasse.server.order;

import dev.abendkasse.server.cart.CartService;
import dev.abendkasse.server.order.domain.OrderCommand;
import dev.abendkasse.server.order.domain.OrderResult;
import dev.abendkasse.server.order.domain.OrderResult.Refused;
import dev.abendkasse.server.order.domain.OrderResult.Started;
import dev.abendkasse.server.order.domain.OrderResult.StartedBefore;
import dev.abendkasse.server.order.store.OrderStore;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.OrderAccess;
import dev.abendkasse.server.shared.OrderView;
import dev.abendkasse.server.shared.Origin;
import dev.abendkasse.server.shared.PaymentView;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** What buyers see of their orders, and what they can do with those that are not paid. */
@Service
public class Orders {

    private static final String PURPOSE = "order";

    private final OrderStore orders;
    private final OrderPayments payments;
    private final CartService carts;
    private final Secrets secrets;

    Orders(OrderStore orders, OrderPayments payments, CartService carts, Secrets secrets) {
        this.orders = orders;
        this.payments = payments;
        this.carts = carts;
        this.secrets = secrets;
    }

    public Mono<OrderResult> find(OrderAccess access) {
        return orders.execute(new OrderCommand.Find(access.order().value(), hashed(access.token()), customer(access)));
    }

    /** The order, for uses that need no more than being allowed to see it. */
    public Mono<OrderView> see(OrderAccess access) {
        return find(access).map(result -> switch (result) {
            case OrderResult.Changed(var order) -> order;
            case Refused(var problem) -> throw new ProblemException(problem);
            case OrderResult other -> throw new IllegalStateException("Not an order: " + other);
        });
    }

    public Mono<OrderResult> cancel(OrderAccess access, Idempotency repeat) {
        return orders.execute(
                new OrderCommand.Cancel(access.order().value(), hashed(access.token()), customer(access), repeat));
    }

    /** Gives the seats to a new cart. */
    public Mono<OrderResult> release(OrderAccess access, Idempotency repeat) {
        var cart = carts.newIdentity();
        return orders.execute(new OrderCommand.Release(
                access.order().value(),
                hashed(access.token()),
                customer(access),
                cart.cartId(),
                cart.tokenHash(),
                cart.pickupCode(),
                repeat));
    }

    /** Makes another attempt to pay and opens it at the provider. */
    public Mono<OrderResult> pay(
            OrderAccess access, PurchaseMethod method, @Nullable URI returnUrl, Idempotency repeat) {
        return orders.execute(startPayment(access, method, returnUrl, repeat)).flatMap(result -> switch (result) {
            case Started(var payment) -> started(payments.begin(payment, repeat));
            case StartedBefore(var payment) -> started(payments.beginAgain(payment, repeat));
            case OrderResult other -> Mono.just(other);
        });
    }

    /** The secret of an order; only for the answer that makes the order. */
    public String tokenOf(UUID orderId) {
        return secrets.tokenFor(PURPOSE, orderId);
    }

    /** For an order that is about to be made. */
    public OrderIdentity newIdentity() {
        var id = UUID.randomUUID();
        return new OrderIdentity(id, secrets.hexHash(tokenOf(id)));
    }

    private static Mono<OrderResult> started(Mono<PaymentView> payment) {
        return payment.<OrderResult>map(Started::new).defaultIfEmpty(new Refused(ProblemType.UNAVAILABLE));
    }

    private OrderCommand startPayment(
            OrderAccess access, PurchaseMethod method, @Nullable URI returnUrl, Idempotency repeat) {
        return new OrderCommand.StartPayment(
                access.order().value(),
                hashed(access.token()),
                customer(access),
                UUID.randomUUID(),
                method,
                returnUrl == null ? null : returnUrl.toString(),
                returnUrl == null ? null : Origin.of(returnUrl.toString()).orElse(""),
                repeat);
    }

    private @Nullable String hashed(@Nullable String token) {
        return token == null ? null : secrets.hexHash(token);
    }

    private static @Nullable UUID customer(OrderAccess access) {
        return access.customer() == null ? null : access.customer().value();
    }
}
