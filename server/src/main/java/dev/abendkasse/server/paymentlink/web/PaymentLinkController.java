package dev.abendkasse.server.paymentlink.web;

import dev.abendkasse.api.PaymentLinksApi;
import dev.abendkasse.api.model.LinkPaymentRequest;
import dev.abendkasse.api.model.Payment;
import dev.abendkasse.api.model.PaymentLink;
import dev.abendkasse.server.paymentlink.LinkPayment;
import dev.abendkasse.server.paymentlink.PaymentLinks;
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

/** Where whoever has a payment link sees what it is for, and pays. */
@RestController
class PaymentLinkController implements PaymentLinksApi {

    private static final String LINK_TOKEN = "Link-Token";

    private final PaymentLinks links;
    private final LinkGuard guard;
    private final Commands commands;
    private final Repeats repeats;

    PaymentLinkController(PaymentLinks links, LinkGuard guard, Commands commands, Repeats repeats) {
        this.links = links;
        this.guard = guard;
        this.commands = commands;
        this.repeats = repeats;
    }

    @Override
    public Mono<ResponseEntity<PaymentLink>> getPaymentLink(ServerWebExchange exchange) {
        var tokenHash = links.hashOf(Headers.secret(exchange, LINK_TOKEN));
        return guard.guard(exchange, tokenHash, links.find(tokenHash))
                .map(PaymentLinkMapper::doneOrProblem)
                .map(link -> ResponseEntity.ok(PaymentLinkMapper.toContract(link)));
    }

    @Override
    public Mono<ResponseEntity<Payment>> payByLink(
            UUID idempotencyKey, Mono<LinkPaymentRequest> body, ServerWebExchange exchange) {
        var token = Headers.secret(exchange, LINK_TOKEN);
        return body.map(request -> toPayment(token, request, idempotencyKey))
                .flatMap(payment -> guard.guard(exchange, payment.tokenHash(), commands.run(links.pay(payment))))
                .map(PaymentLinkMapper::doneOrProblem)
                .map(payment -> ResponseEntity.status(HttpStatus.CREATED).body(OrderViews.toContract(payment)));
    }

    private LinkPayment toPayment(String token, LinkPaymentRequest request, UUID key) {
        var tokenHash = links.hashOf(token);
        return PaymentLinkMapper.toPayment(
                token, tokenHash, request, repeats.of("payByLink:" + tokenHash, key, request));
    }
}
