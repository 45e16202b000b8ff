package dev.abendkasse.server.cart.web;

import dev.abendkasse.api.model.ItemSelection;
import dev.abendkasse.server.cart.domain.CartResult;
import dev.abendkasse.server.shared.Buyer;
import dev.abendkasse.server.shared.CartView;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.web.CartViews;
import dev.abendkasse.server.web.PurchaseMapper;
import dev.abendkasse.server.web.Selections;
import java.util.HashMap;
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
        return selection == null ? null : Selections.read(selection, pointer);
    }

    Selection toRequiredSelection(ItemSelection selection) {
        return Selections.read(selection, "#");
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
        return new ProblemException(
                refused.problem(), Selections.faults(refused.problem(), refused.index(), selection), extras);
    }
}
