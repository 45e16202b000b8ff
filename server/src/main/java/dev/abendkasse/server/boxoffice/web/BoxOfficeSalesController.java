package dev.abendkasse.server.boxoffice.web;

import dev.abendkasse.api.BoxOfficeSalesApi;
import dev.abendkasse.api.model.BoxOfficeCancellation;
import dev.abendkasse.api.model.BoxOfficeOrder;
import dev.abendkasse.api.model.CounterPaymentReceipt;
import dev.abendkasse.api.model.CounterPaymentRequest;
import dev.abendkasse.api.model.OrderCaseRequest;
import dev.abendkasse.api.model.PaymentLinkDispatch;
import dev.abendkasse.api.model.ReservationRequest;
import dev.abendkasse.api.model.SentPaymentLink;
import dev.abendkasse.server.boxoffice.DeskSales;
import dev.abendkasse.server.paymentlink.PaymentLinks;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** How orders end at a box office: reserved, paid, decided on by others, cancelled. */
@RestController
class BoxOfficeSalesController implements BoxOfficeSalesApi {

    private final DeskSales sales;
    private final PaymentLinks links;
    private final Desk desk;
    private final DeskProblems problems;

    BoxOfficeSalesController(DeskSales sales, PaymentLinks links, Desk desk, DeskProblems problems) {
        this.sales = sales;
        this.links = links;
        this.desk = desk;
        this.problems = problems;
    }

    @Override
    public Mono<ResponseEntity<BoxOfficeOrder>> reserve(
            UUID orderId,
            UUID idempotencyKey,
            Mono<ReservationRequest> body,
            @Nullable Long leaseFence,
            @Nullable String clerk,
            ServerWebExchange exchange) {
        return desk.run(
                        body,
                        clerk,
                        (request, actor) -> sales.reserve(
                                desk.task("reserve", orderId, idempotencyKey, leaseFence, actor, request),
                                request.getPayUntil(),
                                request.getReason()))
                .map(problems::doneOrProblem)
                .map(DeskOrderMapper::answer);
    }

    @Override
    public Mono<ResponseEntity<SentPaymentLink>> sendPaymentLink(
            UUID orderId,
            UUID idempotencyKey,
            Mono<PaymentLinkDispatch> body,
            @Nullable Long leaseFence,
            @Nullable String clerk,
            ServerWebExchange exchange) {
        return desk.run(
                        body,
                        clerk,
                        (request, actor) -> links.send(SaleMapper.toDispatch(
                                desk.task("sendPaymentLink", orderId, idempotencyKey, leaseFence, actor, request),
                                request)))
                .map(SaleMapper::sentOrProblem)
                .map(sent -> ResponseEntity.status(HttpStatus.CREATED).body(SaleMapper.toContract(sent)));
    }

    @Override
    public Mono<ResponseEntity<CounterPaymentReceipt>> takePayment(
            UUID orderId,
            UUID idempotencyKey,
            Long leaseFence,
            Mono<CounterPaymentRequest> body,
            @Nullable String clerk,
            ServerWebExchange exchange) {
        return desk.run(
                        body,
                        clerk,
                        (request, actor) -> sales.pay(
                                desk.task("takePayment", orderId, idempotencyKey, leaseFence, actor, request),
                                SaleMapper.toSale(request)))
                .map(problems::doneOrProblem)
                .map(paid -> ResponseEntity.status(HttpStatus.CREATED).body(SaleMapper.toContract(paid)));
    }

    @Override
    public Mono<ResponseEntity<BoxOfficeOrder>> cancelAtBoxOffice(
            UUID orderId,
            UUID idempotencyKey,
            Long leaseFence,
            Mono<BoxOfficeCancellation> body,
            @Nullable String clerk,
            ServerWebExchange exchange) {
        return desk.run(
                        body,
                        clerk,
                        (request, actor) -> sales.cancel(
                                desk.task("cancelAtBoxOffice", orderId, idempotencyKey, leaseFence, actor, request),
                                request.getRefundReason() == null
                                        ? null
                                        : request.getRefundReason().name()))
                .map(problems::doneOrProblem)
                .map(DeskOrderMapper::answer);
    }

    @Override
    public Mono<ResponseEntity<BoxOfficeOrder>> openOrderCase(
            UUID orderId,
            UUID idempotencyKey,
            Long leaseFence,
            Mono<OrderCaseRequest> body,
            @Nullable String clerk,
            ServerWebExchange exchange) {
        return desk.run(
                        body,
                        clerk,
                        (request, actor) -> sales.openCase(
                                desk.task("openOrderCase", orderId, idempotencyKey, leaseFence, actor, request),
                                request.getNote()))
                .map(problems::doneOrProblem)
                .map(DeskOrderMapper::answer);
    }
}
