package dev.abendkasse.server.paymentlink.web;

import dev.abendkasse.api.BoxOfficeOrdersApi;
import dev.abendkasse.api.model.PaymentLinkDispatch;
import dev.abendkasse.api.model.SentPaymentLink;
import dev.abendkasse.server.paymentlink.LinkDispatch;
import dev.abendkasse.server.paymentlink.LinkDispatch.Delivery;
import dev.abendkasse.server.paymentlink.PaymentLinks;
import dev.abendkasse.server.security.Clerks;
import dev.abendkasse.server.shared.OrderId;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Repeats;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What clerks do with orders. */
@RestController
class BoxOfficeOrderController implements BoxOfficeOrdersApi {

    private final PaymentLinks links;
    private final Commands commands;
    private final Repeats repeats;

    BoxOfficeOrderController(PaymentLinks links, Commands commands, Repeats repeats) {
        this.links = links;
        this.commands = commands;
        this.repeats = repeats;
    }

    @Override
    public Mono<ResponseEntity<SentPaymentLink>> sendPaymentLink(
            UUID orderId,
            UUID idempotencyKey,
            Mono<PaymentLinkDispatch> body,
            @Nullable String clerk,
            ServerWebExchange exchange) {
        return body.zipWith(Clerks.of(clerk), (request, by) -> toDispatch(orderId, idempotencyKey, request, by.name()))
                .flatMap(dispatch -> commands.run(links.send(dispatch)))
                .map(PaymentLinkMapper::doneOrProblem)
                .map(sent -> ResponseEntity.status(HttpStatus.CREATED).body(PaymentLinkMapper.toContract(sent)));
    }

    private LinkDispatch toDispatch(UUID orderId, UUID key, PaymentLinkDispatch request, String by) {
        return new LinkDispatch(
                new OrderId(orderId),
                Delivery.valueOf(request.getDelivery().name()),
                by,
                repeats.of("sendPaymentLink:" + orderId + ":" + by, key, request));
    }
}
