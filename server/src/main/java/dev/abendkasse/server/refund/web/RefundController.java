package dev.abendkasse.server.refund.web;

import dev.abendkasse.api.RefundsApi;
import dev.abendkasse.api.model.GiveBackRequest;
import dev.abendkasse.api.model.RefundResult;
import dev.abendkasse.api.model.RefundTerms;
import dev.abendkasse.server.refund.RefundService;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.Repeats;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class RefundController implements RefundsApi {

    private final RefundService refunds;
    private final Commands commands;
    private final Repeats repeats;

    RefundController(RefundService refunds, Commands commands, Repeats repeats) {
        this.refunds = refunds;
        this.commands = commands;
        this.repeats = repeats;
    }

    @Override
    public Mono<ResponseEntity<RefundTerms>> getRefundTerms(UUID orderId, ServerWebExchange exchange) {
        return Headers.orderAccess(orderId, exchange)
                .flatMap(refunds::terms)
                .map(RefundMapper::toTerms)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<RefundResult>> returnTickets(
            UUID orderId, UUID idempotencyKey, Mono<GiveBackRequest> body, ServerWebExchange exchange) {
        return body.zipWith(Headers.orderAccess(orderId, exchange))
                .flatMap(both -> commands.run(refunds.returnTickets(
                        both.getT2(),
                        both.getT1().getItemIds(),
                        repeats.of("returnTickets:" + orderId, idempotencyKey, both.getT1()))))
                .map(RefundMapper::toResult)
                .map(ResponseEntity::ok);
    }
}
