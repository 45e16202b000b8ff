package dev.abendkasse.server.order.web;

import dev.abendkasse.api.OwnOrdersApi;
import dev.abendkasse.api.model.OrderState;
import dev.abendkasse.api.model.OwnOrder;
import dev.abendkasse.api.model.OwnOrderPage;
import dev.abendkasse.api.model.OwnOrderShowing;
import dev.abendkasse.api.model.PaymentStatus;
import dev.abendkasse.server.order.OwnOrders;
import dev.abendkasse.server.shared.OrderView;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.OrderViews;
import dev.abendkasse.server.web.PurchaseMapper;
import dev.abendkasse.server.web.TimeCursors;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class OwnOrderController implements OwnOrdersApi {

    private final OwnOrders orders;

    OwnOrderController(OwnOrders orders) {
        this.orders = orders;
    }

    @Override
    public Mono<ResponseEntity<OwnOrderPage>> listMyOrders(
            @Nullable OrderState state, @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        var after = TimeCursors.read(cursor, UUID::fromString);
        var wanted = state == null ? null : OrderView.State.valueOf(state.name());
        return Headers.customer(exchange)
                .flatMap(Mono::justOrEmpty)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.UNAUTHORIZED)))
                .flatMap(customer -> orders.list(customer, wanted, after, limit))
                .map(page -> ResponseEntity.ok(new OwnOrderPage()
                        .items(page.items().stream()
                                .map(OwnOrderController::toContract)
                                .toList())
                        .nextCursor(page.nextCursor())));
    }

    private static OwnOrder toContract(dev.abendkasse.server.order.domain.OwnOrder order) {
        return new OwnOrder(
                        order.orderId(),
                        order.orderNumber(),
                        order.shopId(),
                        OrderState.valueOf(order.state().name()),
                        PaymentStatus.valueOf(order.paymentStatus().name()),
                        PurchaseMapper.toContract(order.total().money()),
                        order.quantity(),
                        order.showings().stream()
                                .map(OwnOrderController::toContract)
                                .toList(),
                        order.createdAt())
                .paymentMethod(OrderViews.toContract(order.paymentMethod()))
                .heldUntil(order.heldUntil())
                .payUntil(order.payUntil());
    }

    private static OwnOrderShowing toContract(dev.abendkasse.server.order.domain.OwnOrder.Showing showing) {
        return new OwnOrderShowing(
                showing.performanceId(), showing.title(), showing.hall(), showing.startsAt(), showing.quantity());
    }
}
