package dev.abendkasse.server.boxoffice.web;

import dev.abendkasse.api.BoxOfficeOrdersApi;
import dev.abendkasse.api.model.BoxOfficeOrder;
import dev.abendkasse.api.model.BoxOfficeOrderCreation;
import dev.abendkasse.api.model.BoxOfficeOrderPage;
import dev.abendkasse.api.model.Contact;
import dev.abendkasse.api.model.ItemChange;
import dev.abendkasse.api.model.ItemSelection;
import dev.abendkasse.api.model.OrderNote;
import dev.abendkasse.server.boxoffice.DeskOrders;
import dev.abendkasse.server.web.PurchaseMapper;
import dev.abendkasse.server.web.Selections;
import dev.abendkasse.server.web.TimeCursors;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Orders that clerks make and work on. */
@RestController
class BoxOfficeOrderController implements BoxOfficeOrdersApi {

    private final DeskOrders orders;
    private final Desk desk;
    private final DeskProblems problems;

    BoxOfficeOrderController(DeskOrders orders, Desk desk, DeskProblems problems) {
        this.orders = orders;
        this.desk = desk;
        this.problems = problems;
    }

    @Override
    public Mono<ResponseEntity<BoxOfficeOrder>> getBoxOfficeOrder(UUID orderId, ServerWebExchange exchange) {
        return desk.look(actor -> orders.find(orderId, actor))
                .map(problems::doneOrProblem)
                .map(DeskOrderMapper::answer);
    }

    @Override
    public Mono<ResponseEntity<BoxOfficeOrderPage>> listDrafts(
            Boolean stale, @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        var after = TimeCursors.read(cursor, UUID::fromString);
        return desk.look(actor -> orders.drafts(actor, stale, after, limit))
                .map(DeskOrderMapper::toPage)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<BoxOfficeOrder>> createOrder(
            UUID idempotencyKey,
            Mono<BoxOfficeOrderCreation> body,
            @Nullable String clerk,
            ServerWebExchange exchange) {
        return desk.run(body, clerk, (request, actor) -> {
                    var draft = DeskOrderMapper.toDraft(request, exchange);
                    return orders.create(
                            draft, actor, desk.repeat("createOrder", draft.shopId(), idempotencyKey, actor, draft));
                })
                .map(result -> problems.doneOrProblem(result, "#/items"))
                .map(DeskOrderMapper::created);
    }

    @Override
    public Mono<ResponseEntity<BoxOfficeOrder>> addOrderItems(
            UUID orderId,
            UUID idempotencyKey,
            Long leaseFence,
            Mono<ItemSelection> body,
            @Nullable String clerk,
            ServerWebExchange exchange) {
        return desk.run(
                        body,
                        clerk,
                        (request, actor) -> orders.addItems(
                                desk.task("addOrderItems", orderId, idempotencyKey, leaseFence, actor, request),
                                Selections.read(request, "#")))
                .map(problems::doneOrProblem)
                .map(DeskOrderMapper::answer);
    }

    @Override
    public Mono<ResponseEntity<BoxOfficeOrder>> changeOrderItem(
            UUID orderId,
            UUID itemId,
            UUID idempotencyKey,
            Long leaseFence,
            Mono<ItemChange> body,
            @Nullable String clerk,
            ServerWebExchange exchange) {
        return desk.run(
                        body,
                        clerk,
                        (request, actor) -> orders.changeItem(
                                desk.task(
                                        "changeOrderItem", orderId, idempotencyKey, leaseFence, actor, itemId, request),
                                itemId,
                                request.getPriceType()))
                .map(problems::doneOrProblem)
                .map(DeskOrderMapper::answer);
    }

    @Override
    public Mono<ResponseEntity<BoxOfficeOrder>> removeOrderItem(
            UUID orderId,
            UUID itemId,
            UUID idempotencyKey,
            Long leaseFence,
            @Nullable String clerk,
            ServerWebExchange exchange) {
        return desk.run(
                        clerk,
                        actor -> orders.removeItem(
                                desk.task("removeOrderItem", orderId, idempotencyKey, leaseFence, actor, itemId),
                                itemId))
                .map(problems::doneOrProblem)
                .map(DeskOrderMapper::answer);
    }

    @Override
    public Mono<ResponseEntity<BoxOfficeOrder>> setOrderBuyer(
            UUID orderId,
            UUID idempotencyKey,
            Long leaseFence,
            Mono<Contact> body,
            @Nullable String clerk,
            ServerWebExchange exchange) {
        return desk.run(
                        body,
                        clerk,
                        (request, actor) -> orders.setBuyer(
                                desk.task("setOrderBuyer", orderId, idempotencyKey, leaseFence, actor, request),
                                PurchaseMapper.toContact(request)))
                .map(problems::doneOrProblem)
                .map(DeskOrderMapper::answer);
    }

    @Override
    public Mono<ResponseEntity<BoxOfficeOrder>> setOrderNote(
            UUID orderId,
            UUID idempotencyKey,
            Long leaseFence,
            Mono<OrderNote> body,
            @Nullable String clerk,
            ServerWebExchange exchange) {
        return desk.run(
                        body,
                        clerk,
                        (request, actor) -> orders.setNote(
                                desk.task("setOrderNote", orderId, idempotencyKey, leaseFence, actor, request),
                                request.getNote()))
                .map(problems::doneOrProblem)
                .map(DeskOrderMapper::answer);
    }
}
