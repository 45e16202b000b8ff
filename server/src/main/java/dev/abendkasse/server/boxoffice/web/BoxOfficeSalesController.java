package dev.abendkasse.server.boxoffice.web;

import dev.abendkasse.api.BoxOfficeSalesApi;
import dev.abendkasse.api.model.BoxOfficeCancellation;
import dev.abendkasse.api.model.BoxOfficeOrder;
import dev.abendkasse.api.model.CounterPaymentReceipt;
import dev.abendkasse.api.model.CounterPaymentRequest;
import dev.abendkasse.api.model.OrderCaseRequest;
import dev.abendkasse.api.model.PaymentLinkDelivery;
import dev.abendkasse.api.model.PaymentLinkDispatch;
import dev.abendkasse.api.model.ReservationRequest;
import dev.abendkasse.api.model.SentPaymentLink;
import dev.abendkasse.server.paymentlink.LinkDispatch;
import dev.abendkasse.server.paymentlink.LinkDispatch.Delivery;
import dev.abendkasse.server.paymentlink.LinkOutcome;
import dev.abendkasse.server.paymentlink.PaymentLinks;
import dev.abendkasse.server.paymentlink.SentLink;
import dev.abendkasse.server.security.Clerk;
import dev.abendkasse.server.security.Clerks;
import dev.abendkasse.server.shared.Actor;
import dev.abendkasse.server.shared.OrderId;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.PurchaseMapper;
import dev.abendkasse.server.web.Repeats;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** How orders end at a box office. */
@RestController
class BoxOfficeSalesController implements BoxOfficeSalesApi {

    private final PaymentLinks links;
    private final Commands commands;
    private final Repeats repeats;

    BoxOfficeSalesController(PaymentLinks links, Commands commands, Repeats repeats) {
        this.links = links;
        this.commands = commands;
        this.repeats = repeats;
    }

    @Override
    public Mono<ResponseEntity<SentPaymentLink>> sendPaymentLink(
            UUID orderId,
            UUID idempotencyKey,
            Mono<PaymentLinkDispatch> body,
            @Nullable Long leaseFence,
            @Nullable String clerk,
            ServerWebExchange exchange) {
        return body.zipWith(
                        Clerks.of(clerk),
                        (request, by) -> toDispatch(orderId, idempotencyKey, request, actor(by), leaseFence))
                .flatMap(dispatch -> commands.run(links.send(dispatch)))
                .map(BoxOfficeSalesController::sentOrProblem)
                .map(sent -> ResponseEntity.status(HttpStatus.CREATED).body(toContract(sent)));
    }

    @Override
    public Mono<ResponseEntity<BoxOfficeOrder>> reserve(
            UUID orderId,
            UUID idempotencyKey,
            Mono<ReservationRequest> body,
            @Nullable Long leaseFence,
            @Nullable String clerk,
            ServerWebExchange exchange) {
        return soon();
    }

    @Override
    public Mono<ResponseEntity<CounterPaymentReceipt>> takePayment(
            UUID orderId,
            UUID idempotencyKey,
            Long leaseFence,
            Mono<CounterPaymentRequest> body,
            @Nullable String clerk,
            ServerWebExchange exchange) {
        return soon();
    }

    @Override
    public Mono<ResponseEntity<BoxOfficeOrder>> cancelAtBoxOffice(
            UUID orderId,
            UUID idempotencyKey,
            Long leaseFence,
            Mono<BoxOfficeCancellation> body,
            @Nullable String clerk,
            ServerWebExchange exchange) {
        return soon();
    }

    @Override
    public Mono<ResponseEntity<BoxOfficeOrder>> openOrderCase(
            UUID orderId,
            UUID idempotencyKey,
            Long leaseFence,
            Mono<OrderCaseRequest> body,
            @Nullable String clerk,
            ServerWebExchange exchange) {
        return soon();
    }

    private static <T> Mono<T> soon() {
        return Mono.error(() -> new ProblemException(ProblemType.UNAVAILABLE));
    }

    private LinkDispatch toDispatch(
            UUID orderId, UUID key, PaymentLinkDispatch request, Actor actor, @Nullable Long fence) {
        return new LinkDispatch(
                new OrderId(orderId),
                Delivery.valueOf(request.getDelivery().name()),
                actor,
                fence,
                repeats.of("sendPaymentLink:" + orderId + ":" + actor.name(), key, request, fence));
    }

    private static Actor actor(Clerk clerk) {
        return new Actor(clerk.name(), clerk.client(), clerk.partner(), clerk.supervisor());
    }

    private static SentLink sentOrProblem(LinkOutcome<SentLink> outcome) {
        return switch (outcome) {
            case LinkOutcome.Done<SentLink>(var sent) -> sent;
            case LinkOutcome.Refused<SentLink>(var problem, var clerk) ->
                throw new ProblemException(problem, List.of(), clerk == null ? Map.of() : Map.of("clerk", clerk));
        };
    }

    private static SentPaymentLink toContract(SentLink link) {
        return new SentPaymentLink(
                        link.linkId(),
                        link.orderId(),
                        PaymentLinkDelivery.valueOf(link.delivery().name()),
                        PurchaseMapper.toContract(link.amount()),
                        link.expiresAt())
                .url(link.url() == null ? null : URI.create(link.url()));
    }
}
