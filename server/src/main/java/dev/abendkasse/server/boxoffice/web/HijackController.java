package dev.abendkasse.server.boxoffice.web;

import dev.abendkasse.api.HijacksApi;
import dev.abendkasse.api.model.BoxOfficeOrder;
import dev.abendkasse.api.model.HandBack;
import dev.abendkasse.api.model.Hijack;
import dev.abendkasse.api.model.HijackConfirmation;
import dev.abendkasse.api.model.HijackRequest;
import dev.abendkasse.api.model.OrderTakeOver;
import dev.abendkasse.api.model.RecoveryRequest;
import dev.abendkasse.server.boxoffice.Hijacks;
import dev.abendkasse.server.boxoffice.domain.DeskResult;
import dev.abendkasse.server.shared.Actor;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Taking purchases over, keeping them, giving them back, having them back. */
@RestController
class HijackController implements HijacksApi {

    private final Hijacks hijacks;
    private final Desk desk;
    private final PickupGuard guard;
    private final HijackMapper mapper;
    private final DeskProblems problems;

    HijackController(Hijacks hijacks, Desk desk, PickupGuard guard, HijackMapper mapper, DeskProblems problems) {
        this.hijacks = hijacks;
        this.desk = desk;
        this.guard = guard;
        this.mapper = mapper;
        this.problems = problems;
    }

    @Override
    public Mono<ResponseEntity<Hijack>> createHijack(
            UUID idempotencyKey, Mono<HijackRequest> body, @Nullable String clerk, ServerWebExchange exchange) {
        return desk.run(body, clerk, (request, actor) -> {
                    HijackMapper.requireOneName(request);
                    return guard.guard(actor, request.getPickupCode(), warn(request, idempotencyKey, actor));
                })
                .map(problems::doneOrProblem)
                .map(hijack -> ResponseEntity.status(HttpStatus.CREATED).body(mapper.toContract(hijack, exchange)));
    }

    private Mono<DeskResult<dev.abendkasse.server.boxoffice.domain.Hijack>> warn(
            HijackRequest request, UUID key, Actor actor) {
        return hijacks.warn(
                request.getCartId(),
                request.getOrderId(),
                request.getPickupCode(),
                actor,
                desk.repeat("createHijack", "", key, actor, request));
    }

    @Override
    public Mono<ResponseEntity<Hijack>> getHijack(UUID hijackId, ServerWebExchange exchange) {
        return desk.look(actor -> hijacks.find(hijackId, actor))
                .map(problems::doneOrProblem)
                .map(hijack -> ResponseEntity.ok(mapper.toContract(hijack, exchange)));
    }

    @Override
    public Mono<ResponseEntity<Hijack>> withdrawHijack(
            UUID hijackId, UUID idempotencyKey, @Nullable String clerk, ServerWebExchange exchange) {
        return desk.run(
                        clerk,
                        actor -> hijacks.withdraw(
                                hijackId, actor, desk.repeat("withdrawHijack", hijackId, idempotencyKey, actor)))
                .map(problems::doneOrProblem)
                .map(hijack -> ResponseEntity.ok(mapper.toContract(hijack, exchange)));
    }

    @Override
    public Mono<ResponseEntity<Hijack>> confirmHijack(
            UUID hijackId,
            UUID idempotencyKey,
            Mono<HijackConfirmation> body,
            @Nullable String clerk,
            ServerWebExchange exchange) {
        return desk.run(
                        body,
                        clerk,
                        (request, actor) -> hijacks.confirm(
                                hijackId,
                                request.getVersion(),
                                request.getReason(),
                                DeskOrderMapper.language(request.getLanguage(), exchange),
                                actor,
                                desk.repeat("confirmHijack", hijackId, idempotencyKey, actor, request)))
                .map(problems::doneOrProblem)
                .map(hijack -> ResponseEntity.ok(mapper.toContract(hijack, exchange)));
    }

    @Override
    public Mono<ResponseEntity<BoxOfficeOrder>> renewLease(
            UUID orderId, UUID idempotencyKey, Long leaseFence, @Nullable String clerk, ServerWebExchange exchange) {
        return desk.run(
                        clerk,
                        actor -> hijacks.renew(desk.task("renewLease", orderId, idempotencyKey, leaseFence, actor)))
                .map(problems::doneOrProblem)
                .map(DeskOrderMapper::answer);
    }

    @Override
    public Mono<ResponseEntity<BoxOfficeOrder>> takeOverOrder(
            UUID orderId,
            UUID idempotencyKey,
            Mono<OrderTakeOver> body,
            @Nullable String clerk,
            ServerWebExchange exchange) {
        return desk.run(
                        body,
                        clerk,
                        (request, actor) -> hijacks.takeOver(
                                desk.task("takeOverOrder", orderId, idempotencyKey, null, actor, request),
                                request.getReason()))
                .map(problems::doneOrProblem)
                .map(DeskOrderMapper::answer);
    }

    @Override
    public Mono<ResponseEntity<HandBack>> handBack(
            UUID orderId, UUID idempotencyKey, Long leaseFence, @Nullable String clerk, ServerWebExchange exchange) {
        return desk.run(
                        clerk,
                        actor -> hijacks.handBack(desk.task("handBack", orderId, idempotencyKey, leaseFence, actor)))
                .map(problems::doneOrProblem)
                .map(back -> ResponseEntity.ok(HijackMapper.toContract(back)));
    }

    @Override
    public Mono<ResponseEntity<BoxOfficeOrder>> recoverCart(
            UUID cartId,
            UUID idempotencyKey,
            Mono<RecoveryRequest> body,
            @Nullable String clerk,
            ServerWebExchange exchange) {
        return desk.run(
                        body,
                        clerk,
                        (request, actor) -> hijacks.recoverCart(
                                cartId,
                                request.getReason(),
                                DeskOrderMapper.language(request.getLanguage(), exchange),
                                actor,
                                desk.repeat("recoverCart", cartId, idempotencyKey, actor, request)))
                .map(problems::doneOrProblem)
                .map(DeskOrderMapper::created);
    }

    @Override
    public Mono<ResponseEntity<BoxOfficeOrder>> recoverOrder(
            UUID orderId,
            UUID idempotencyKey,
            Mono<RecoveryRequest> body,
            @Nullable String clerk,
            ServerWebExchange exchange) {
        return desk.run(
                        body,
                        clerk,
                        (request, actor) -> hijacks.recoverOrder(
                                desk.task("recoverOrder", orderId, idempotencyKey, null, actor, request),
                                request.getReason()))
                .map(problems::doneOrProblem)
                .map(DeskOrderMapper::answer);
    }
}
