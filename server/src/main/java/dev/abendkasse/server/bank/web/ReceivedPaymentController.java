package dev.abendkasse.server.bank.web;

import dev.abendkasse.api.ReceivedPaymentsApi;
import dev.abendkasse.api.model.ReceivedPayment;
import dev.abendkasse.api.model.ReceivedPaymentDraft;
import dev.abendkasse.api.model.ReceivedPaymentPage;
import dev.abendkasse.server.bank.ReceivedPaymentService;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Repeats;
import dev.abendkasse.server.web.TimeCursors;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class ReceivedPaymentController implements ReceivedPaymentsApi {

    private final ReceivedPaymentService payments;
    private final Commands commands;
    private final Repeats repeats;

    ReceivedPaymentController(ReceivedPaymentService payments, Commands commands, Repeats repeats) {
        this.payments = payments;
        this.commands = commands;
        this.repeats = repeats;
    }

    @Override
    public Mono<ResponseEntity<ReceivedPayment>> bookReceivedPayment(
            UUID idempotencyKey, Mono<ReceivedPaymentDraft> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name())
                .flatMap(both -> commands.run(payments.book(
                        BankMapper.toOrder(both.getT1()),
                        BankMapper.toTransfer(both.getT1()),
                        both.getT2(),
                        repeats.of("bookReceivedPayment:" + both.getT2(), idempotencyKey, both.getT1()))))
                .map(BankMapper::bookedOrProblem)
                .map(ResponseEntity.status(HttpStatus.CREATED)::body);
    }

    @Override
    public Mono<ResponseEntity<ReceivedPaymentPage>> listReceivedPayments(
            @Nullable UUID orderId, @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        return payments.list(orderId, TimeCursors.read(cursor, UUID::fromString), limit)
                .map(BankMapper::toPage)
                .map(ResponseEntity::ok);
    }
}
