package dev.abendkasse.server.paymentlink.web;

import dev.abendkasse.api.model.LinkPaymentRequest;
import dev.abendkasse.api.model.PaymentLink;
import dev.abendkasse.api.model.PaymentLinkItem;
import dev.abendkasse.api.model.PspMethod;
import dev.abendkasse.server.paymentlink.LinkOutcome;
import dev.abendkasse.server.paymentlink.LinkPayment;
import dev.abendkasse.server.paymentlink.domain.PaymentLinkView;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.Item;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.PaymentProblems;
import dev.abendkasse.server.web.PurchaseMapper;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Payment links: contract types on one side, the module's on the other. */
final class PaymentLinkMapper {

    private PaymentLinkMapper() {}

    static <T> T doneOrProblem(LinkOutcome<T> outcome) {
        return switch (outcome) {
            case LinkOutcome.Done<T>(var result) -> result;
            case LinkOutcome.Refused<T>(var problem, var _) -> throw PaymentProblems.of(problem);
        };
    }

    static LinkPayment toPayment(String token, String tokenHash, LinkPaymentRequest request, Idempotency repeat) {
        return new LinkPayment(
                tokenHash,
                new Item.Price(
                        request.getAmount().getAmount(), request.getAmount().getCurrency()),
                PurchaseMethod.valueOf(request.getMethod().name()),
                withoutSecret(request.getReturnUrl(), token),
                repeat);
    }

    /** The secret must not go to the provider, nor be stored. */
    private static @Nullable URI withoutSecret(@Nullable URI returnUrl, String token) {
        if (returnUrl != null && returnUrl.toString().contains(token)) {
            throw new ProblemException(
                    ProblemType.RETURN_URL_NOT_ALLOWED, Fault.at("#/returnUrl", "{fault.link-secret}"));
        }
        return returnUrl;
    }

    static PaymentLink toContract(PaymentLinkView link) {
        return new PaymentLink(
                link.shopName(),
                link.orderNumber(),
                link.items().stream().map(PaymentLinkMapper::toContract).toList(),
                PurchaseMapper.toContract(link.total().money()),
                PurchaseMapper.toContract(link.amount().money()),
                link.payUntil(),
                link.methods().stream()
                        .filter(PurchaseMethod::isThroughProvider)
                        .map(method -> PspMethod.valueOf(method.name()))
                        .collect(Collectors.toCollection(LinkedHashSet::new)),
                link.paymentInProgress());
    }

    private static PaymentLinkItem toContract(PaymentLinkView.Ticket ticket) {
        return new PaymentLinkItem(
                        ticket.eventTitle(),
                        ticket.startsAt(),
                        ticket.timeZone(),
                        ticket.hall(),
                        ticket.categoryName(),
                        ticket.priceTypeName(),
                        PurchaseMapper.toContract(ticket.price().money()))
                .seat(PurchaseMapper.toContract(ticket.seat()));
    }
}
