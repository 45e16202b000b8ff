package dev.abendkasse.server.catalog.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hall as its document describes it.
 *
 * @param name   may be empty
 * @param width  of the drawing, given together with the height or not at all
 * @param height of the drawing, given together with the width or not at all
 * @param seats  at least one, in the document's order
 */
public record SeatingPlan(
        String name,
        @Nullable Double width,
        @Nullable Double height,
        List<PlanCategory> categories,
        List<PlanSeat> seats) {

    public SeatingPlan {
        categories = List.copyOf(categories);
        seats = List.copyOf(seats);
    }
}
