package dev.abendkasse.server.boxoffice.web;

import dev.abendkasse.api.model.CounterMethod;
import dev.abendkasse.api.model.CounterPaymentReceipt;
import dev.abendkasse.api.model.CounterPaymentRequest;
import dev.abendkasse.api.model.Money;
import dev.abendkasse.api.model.PaymentLinkDelivery;
import dev.abendkasse.api.model.PaymentLinkDispatch;
import dev.abendkasse.api.model.SentPaymentLink;
import dev.abendkasse.server.boxoffice.CounterSale;
import dev.abendkasse.server.boxoffice.Task;
import dev.abendkasse.server.boxoffice.domain.CounterPayment.Method;
import dev.abendkasse.server.boxoffice.domain.PaidAtCounter;
import dev.abendkasse.server.paymentlink.LinkDispatch;
import dev.abendkasse.server.paymentlink.LinkDispatch.Delivery;
import dev.abendkasse.server.paymentlink.LinkOutcome;
import dev.abendkasse.server.paymentlink.SentLink;
import dev.abendkasse.server.shared.Item;
import dev.abendkasse.server.shared.OrderId;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.PurchaseMapper;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Payment links and counter payments: contract types on one side, the module's on the other. */
final class SaleMapper {

    private SaleMapper() {}

    static LinkDispatch toDispatch(Task task, PaymentLinkDispatch request) {
        return new LinkDispatch(
                new OrderId(task.order()),
                Delivery.valueOf(request.getDelivery().name()),
                task.actor(),
                task.lease(),
                request.getReason(),
                task.repeat());
    }

    static SentLink sentOrProblem(LinkOutcome<SentLink> outcome) {
        return switch (outcome) {
            case LinkOutcome.Done<SentLink>(var sent) -> sent;
            case LinkOutcome.Refused<SentLink>(var problem, var clerk) ->
                throw new ProblemException(
                        problem,
                        problem == ProblemType.REASON_REQUIRED
                                ? List.of(Fault.at("#/reason", "{fault.missing}"))
                                : List.of(),
                        clerk == null ? Map.of() : Map.of("clerk", clerk));
        };
    }

    static SentPaymentLink toContract(SentLink link) {
        return new SentPaymentLink(
                        link.linkId(),
                        link.orderId(),
                        PaymentLinkDelivery.valueOf(link.delivery().name()),
                        PurchaseMapper.toContract(link.amount()),
                        link.expiresAt())
                .url(link.url() == null ? null : URI.create(link.url()));
    }

    /** What other machines have taken has a reference and no change. */
    static CounterSale toSale(CounterPaymentRequest request) {
        if (request.getMethod() != CounterMethod.CASH) {
            require(request.getReference() != null, "#/reference", "{fault.missing}");
            require(request.getTendered() == null, "#/tendered", "{fault.cash-only}");
        }
        return new CounterSale(
                Method.valueOf(request.getMethod().name()),
                new Item.Price(
                        request.getAmount().getAmount(), request.getAmount().getCurrency()),
                tendered(request.getTendered(), request.getAmount().getCurrency()),
                request.getReference(),
                request.getReason());
    }

    static CounterPaymentReceipt toContract(PaidAtCounter paid) {
        return new CounterPaymentReceipt(
                DeskOrderMapper.toContract(paid.counterPayment()), DeskOrderMapper.toContract(paid.order()));
    }

    private static @Nullable Long tendered(@Nullable Money money, String currency) {
        if (money == null) {
            return null;
        }
        require(money.getCurrency().equals(currency), "#/tendered/currency", "{fault.currency}");
        return money.getAmount();
    }

    private static void require(boolean fulfilled, String pointer, String fault) {
        if (!fulfilled) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, Fault.at(pointer, fault));
        }
    }
}
