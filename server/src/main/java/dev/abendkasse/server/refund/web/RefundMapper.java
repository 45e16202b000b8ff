package dev.abendkasse.server.refund.web;

import dev.abendkasse.api.model.Money;
import dev.abendkasse.api.model.RefundOrderRequest;
import dev.abendkasse.api.model.RefundPage;
import dev.abendkasse.api.model.RefundReason;
import dev.abendkasse.api.model.RefundState;
import dev.abendkasse.api.model.RefundTerms;
import dev.abendkasse.api.model.ReturnableItem;
import dev.abendkasse.server.refund.domain.Refund;
import dev.abendkasse.server.refund.domain.RefundCommand;
import dev.abendkasse.server.refund.domain.RefundResult;
import dev.abendkasse.server.refund.domain.RefundResult.Confirmed;
import dev.abendkasse.server.refund.domain.RefundResult.Given;
import dev.abendkasse.server.refund.domain.RefundResult.Offered;
import dev.abendkasse.server.refund.domain.RefundResult.Refused;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.OrderViews;
import dev.abendkasse.server.web.PurchaseMapper;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Contract types on one side, domain types on the other. */
final class RefundMapper {

    private RefundMapper() {}

    static RefundCommand.ByStaff toCommand(UUID order, RefundOrderRequest request, String by, Idempotency repeat) {
        if (request.getAmount() != null && (request.getItemIds() != null || request.getFee() != null)) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, Fault.at("#/amount", "{fault.not-together}"));
        }
        return new RefundCommand.ByStaff(
                order,
                request.getItemIds(),
                amount(request.getAmount()),
                amount(request.getFee()),
                currency(request),
                request.getReason().name(),
                request.getNote(),
                by,
                "request:" + repeat.key(),
                repeat);
    }

    static Refund.@Nullable State toState(@Nullable RefundState state) {
        return state == null ? null : Refund.State.valueOf(state.name());
    }

    static dev.abendkasse.api.model.RefundResult toResult(RefundResult result) {
        return result instanceof Given(var order, var refunds)
                ? new dev.abendkasse.api.model.RefundResult(OrderViews.toContract(order), toContract(refunds))
                : refuse(result);
    }

    static RefundTerms toTerms(RefundResult result) {
        return result instanceof Offered(var items, var refunds)
                ? new RefundTerms(items.stream().map(RefundMapper::toContract).toList(), toContract(refunds))
                : refuse(result);
    }

    static dev.abendkasse.api.model.Refund toConfirmed(RefundResult result) {
        return result instanceof Confirmed(var refund) ? toContract(refund) : refuse(result);
    }

    static RefundPage toPage(Page<Refund> page) {
        return new RefundPage(toContract(page.items())).nextCursor(page.nextCursor());
    }

    private static <T> T refuse(RefundResult result) {
        if (result instanceof Refused(var problem)) {
            throw problem == ProblemType.REFUND_TOO_HIGH
                    ? new ProblemException(problem, Fault.at("#/amount", "{fault.more-than-paid}"))
                    : new ProblemException(problem);
        }
        throw new IllegalStateException("Not what was asked for: " + result);
    }

    private static List<dev.abendkasse.api.model.Refund> toContract(List<Refund> refunds) {
        return refunds.stream().map(RefundMapper::toContract).toList();
    }

    private static dev.abendkasse.api.model.Refund toContract(Refund refund) {
        return new dev.abendkasse.api.model.Refund(
                        refund.refundId(),
                        refund.orderId(),
                        PurchaseMapper.toContract(refund.amount().money()),
                        RefundReason.valueOf(refund.reason().name()),
                        RefundState.valueOf(refund.state().name()),
                        refund.createdAt())
                .endedAt(refund.endedAt());
    }

    private static ReturnableItem toContract(RefundResult.Returnable item) {
        return new ReturnableItem(
                item.itemId(),
                item.until(),
                PurchaseMapper.toContract(item.fee().money()),
                PurchaseMapper.toContract(item.refund().money()));
    }

    private static @Nullable Long amount(@Nullable Money money) {
        return money == null ? null : money.getAmount();
    }

    private static @Nullable String currency(RefundOrderRequest request) {
        var money = request.getAmount() != null ? request.getAmount() : request.getFee();
        return money == null ? null : money.getCurrency();
    }
}
