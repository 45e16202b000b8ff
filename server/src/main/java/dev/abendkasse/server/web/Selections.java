package dev.abendkasse.server.web;

import dev.abendkasse.api.model.ItemSelection;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a request wants to hold, and points at what is wrong with it. */
public final class Selections {

    private Selections() {}

    /** @param pointer where it stands in the request */
    public static Selection read(ItemSelection request, String pointer) {
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

    /** @param index which of the seats asked for is unknown, if that is the problem */
    public static List<Fault> faults(ProblemType problem, @Nullable Integer index, String pointer) {
        return switch (problem) {
            case UNKNOWN_SEAT -> List.of(Fault.at(pointer + "/seatIds/" + index, "{fault.unknown}"));
            case UNKNOWN_CATEGORY -> List.of(Fault.at(pointer + "/category", "{fault.unknown}"));
            case UNKNOWN_PRICE_TYPE -> List.of(Fault.at(pointer + "/priceType", "{fault.unknown}"));
            default -> List.of();
        };
    }
}
