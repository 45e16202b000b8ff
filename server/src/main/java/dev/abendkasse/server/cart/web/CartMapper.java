package dev.abendkasse.server.cart.web;

import dev.abendkasse.api.model.ItemSelection;
import dev.abendkasse.server.cart.domain.CartResult;
import dev.abendkasse.server.cart.domain.Selection;
import dev.abendkasse.server.shared.Buyer;
import dev.abendkasse.server.shared.CartView;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.CartViews;
import dev.abendkasse.server.web.PurchaseMapper;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Contract types on one side, domain types on the other. */
@Component
class CartMapper {

    private final CartViews views;

    CartMapper(CartViews views) {
        this.views = views;
    }

    @Nullable
    Selection toSelection(@Nullable ItemSelection selection, String pointer) {
        return selection == null ? null : toSelectionAt(selection, pointer);
    }

    Selection toRequiredSelection(ItemSelection selection) {
        return toSelectionAt(selection, "#");
    }

    private static Selection toSelectionAt(ItemSelection request, String pointer) {
        var selection = new Selection(
                request.getPerformanceId(),
                request.getSeatIds() == null || request.getSeatIds().isEmpty()
                        ? null
                        : List.copyOf(request.getSeatIds()),
                request.getCategory(),
                request.getQuantity(),
                request.getPriceType());
        if (!selection.isUnambiguous()) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, Fault.at(pointer, "{fault.selection}"));
        }
        return selection;
    }

    @Nullable
    Buyer toBuyer(dev.abendkasse.api.model.@Nullable Buyer buyer) {
        return PurchaseMapper.toBuyer(buyer);
    }

    Buyer toRequiredBuyer(dev.abendkasse.api.model.Buyer buyer) {
        return PurchaseMapper.toRequiredBuyer(buyer);
    }

    /** @param selection where the selection stands in the request */
    CartView changedOrProblem(CartResult result, String selection) {
        return switch (result) {
            case CartResult.Changed(var cart) -> cart;
            case CartResult.Refused refused -> throw problem(refused, selection);
        };
    }

    private ProblemException problem(CartResult.Refused refused, String selection) {
        var extras = new HashMap<String, Object>();
        if (!refused.seatIds().isEmpty()) {
            extras.put("seatIds", refused.seatIds());
        }
        if (refused.present() != null) {
            extras.put("cart", views.toContract(refused.present()));
        }
        return new ProblemException(refused.problem(), faults(refused, selection), extras);
    }

    private static List<Fault> faults(CartResult.Refused refused, String selection) {
        return switch (refused.problem()) {
            case UNKNOWN_SEAT -> List.of(Fault.at(selection + "/seatIds/" + refused.index(), "{fault.unknown}"));
            case UNKNOWN_CATEGORY -> List.of(Fault.at(selection + "/category", "{fault.unknown}"));
            case UNKNOWN_PRICE_TYPE -> List.of(Fault.at(selection + "/priceType", "{fault.unknown}"));
            default -> List.of();
        };
    }
}
