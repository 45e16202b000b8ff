package dev.abendkasse.server.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a performance is to be.
 *
 * @param seatingPlanId the hall's seats, if it has any
 * @param seatedCategories prices of the seating plan's categories
 * @param generalAdmission categories without seats
 */
public record PerformanceDraft(
        @Nullable UUID seatingPlanId,
        String hall,
        Instant startsAt,
        String timeZone,
        Instant salesStart,
        Instant salesEnd,
        List<SeatedCategory> seatedCategories,
        List<GeneralAdmission> generalAdmission) {

    public PerformanceDraft {
        seatedCategories = List.copyOf(seatedCategories);
        generalAdmission = List.copyOf(generalAdmission);
    }

    /** A category that has a key and prices. */
    public sealed interface Priced {

        String category();

        List<PriceOffer> priceTypes();
    }

    /** @param category the key of a category of the seating plan */
    public record SeatedCategory(String category, List<PriceOffer> priceTypes) implements Priced {}

    /** Places without seats. */
    public record GeneralAdmission(
            String category, String name, @Nullable String color, int capacity, List<PriceOffer> priceTypes)
            implements Priced {}

    /** @param amount in minor units of the installation's currency */
    public record PriceOffer(String priceType, String name, long amount) {}

    public List<Priced> categories() {
        return Stream.<Priced>concat(seatedCategories.stream(), generalAdmission.stream())
                .toList();
    }

    /** How many places each category without seats has. */
    public Map<String, Integer> capacities() {
        return generalAdmission.stream()
                .collect(Collectors.toMap(GeneralAdmission::category, GeneralAdmission::capacity));
    }
}
