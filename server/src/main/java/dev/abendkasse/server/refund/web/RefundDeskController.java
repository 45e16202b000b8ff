package dev.abendkasse.server.refund.web;

import dev.abendkasse.api.RefundDeskApi;
import dev.abendkasse.api.model.Refund;
import dev.abendkasse.api.model.RefundConfirmation;
import dev.abendkasse.api.model.RefundOrderRequest;
import dev.abendkasse.api.model.RefundPage;
import dev.abendkasse.api.model.RefundResult;
import dev.abendkasse.api.model.RefundState;
import dev.abendkasse.server.refund.RefundService;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Repeats;
import dev.abendkasse.server.web.TimeCursors;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class RefundDeskController implements RefundDeskApi {

    private final RefundService refunds;
    private final Commands commands;
    private final Repeats repeats;

    RefundDeskController(RefundService refunds, Commands commands, Repeats repeats) {
        this.refunds = refunds;
        this.commands = commands;
        this.repeats = repeats;
    }

    @Override
    public Mono<ResponseEntity<RefundResult>> refundOrder(
            UUID orderId, UUID idempotencyKey, Mono<RefundOrderRequest> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name())
                .map(both -> RefundMapper.toCommand(
                        orderId,
                        both.getT1(),
                        both.getT2(),
                        repeats.of("refundOrder:" + orderId, idempotencyKey, both.getT1())))
                .flatMap(command -> commands.run(refunds.refund(command)))
                .map(RefundMapper::toResult)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<RefundPage>> listRefunds(
            @Nullable RefundState state, @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        return refunds.list(RefundMapper.toState(state), TimeCursors.read(cursor, UUID::fromString), limit)
                .map(RefundMapper::toPage)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<Refund>> confirmRefund(
            UUID refundId, Mono<RefundConfirmation> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name())
                .flatMap(both ->
                        commands.run(refunds.confirm(refundId, both.getT1().getNote(), both.getT2())))
                .map(RefundMapper::toConfirmed)
                .map(ResponseEntity::ok);
    }
}
