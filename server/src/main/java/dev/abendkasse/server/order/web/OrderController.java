package dev.abendkasse.server.order.web;

import dev.abendkasse.api.OrdersApi;
import dev.abendkasse.api.PaymentsApi;
import dev.abendkasse.api.model.Cart;
import dev.abendkasse.api.model.Order;
import dev.abendkasse.api.model.Payment;
import dev.abendkasse.api.model.PaymentRequest;
import dev.abendkasse.server.cart.CartService;
import dev.abendkasse.server.order.Orders;
import dev.abendkasse.server.order.domain.OrderResult;
import dev.abendkasse.server.shared.OrderAccess;
import dev.abendkasse.server.shared.OrderView;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.web.CartViews;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.OrderViews;
import dev.abendkasse.server.web.Repeats;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class OrderController implements OrdersApi, PaymentsApi {

    private final Orders orders;
    private final CartService carts;
    private final CartViews cartViews;
    private final Commands commands;
    private final Repeats repeats;

    OrderController(Orders orders, CartService carts, CartViews cartViews, Commands commands, Repeats repeats) {
        this.orders = orders;
        this.carts = carts;
        this.cartViews = cartViews;
        this.commands = commands;
        this.repeats = repeats;
    }

    @Override
    public Mono<ResponseEntity<Order>> getOrder(UUID orderId, ServerWebExchange exchange) {
        return Headers.orderAccess(orderId, exchange)
                .flatMap(orders::find)
                .map(result -> answer(OrderResults.changed(result)));
    }

    @Override
    public Mono<ResponseEntity<Order>> cancelOrder(UUID orderId, UUID idempotencyKey, ServerWebExchange exchange) {
        var repeat = repeats.of("cancelOrder:" + orderId, idempotencyKey, orderId);
        return Headers.orderAccess(orderId, exchange)
                .flatMap(access -> commands.run(orders.cancel(access, repeat)))
                .map(result -> answer(OrderResults.changed(result)));
    }

    @Override
    public Mono<ResponseEntity<Cart>> releaseOrder(UUID orderId, UUID idempotencyKey, ServerWebExchange exchange) {
        var repeat = repeats.of("releaseOrder:" + orderId, idempotencyKey, orderId);
        return Headers.orderAccess(orderId, exchange)
                .flatMap(access -> commands.run(orders.release(access, repeat)))
                .map(OrderResults::released)
                .map(cart -> cartViews.created(cart, carts.tokenOf(cart.cartId())));
    }

    @Override
    public Mono<ResponseEntity<Payment>> createPayment(
            UUID orderId, UUID idempotencyKey, Mono<PaymentRequest> body, ServerWebExchange exchange) {
        return body.zipWith(Headers.orderAccess(orderId, exchange))
                .flatMap(both -> commands.run(pay(both.getT1(), both.getT2(), idempotencyKey)))
                .map(result -> ResponseEntity.status(HttpStatus.CREATED)
                        .body(OrderViews.toContract(OrderResults.started(result))));
    }

    private Mono<OrderResult> pay(PaymentRequest request, OrderAccess access, UUID key) {
        return orders.pay(
                access,
                PurchaseMethod.valueOf(request.getMethod().name()),
                request.getReturnUrl(),
                repeats.of("createPayment:" + access.order().value(), key, request));
    }

    private static ResponseEntity<Order> answer(OrderView order) {
        return ResponseEntity.ok().eTag(Headers.etag(order.version())).body(OrderViews.toContract(order));
    }
}
