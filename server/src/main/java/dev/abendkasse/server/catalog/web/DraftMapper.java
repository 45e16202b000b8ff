package dev.abendkasse.server.catalog.web;

import dev.abendkasse.api.model.GeneralAdmissionDraft;
import dev.abendkasse.api.model.PriceTypeDraft;
import dev.abendkasse.api.model.SeatedCategoryDraft;
import dev.abendkasse.server.catalog.PerformanceDraft;
import dev.abendkasse.server.catalog.PerformanceDraft.GeneralAdmission;
import dev.abendkasse.server.catalog.PerformanceDraft.PriceOffer;
import dev.abendkasse.server.catalog.PerformanceDraft.SeatedCategory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What staff want a performance to be, from the contract's types. */
final class DraftMapper {

    private DraftMapper() {}

    static PerformanceDraft toDraft(dev.abendkasse.api.model.PerformanceDraft draft) {
        return new PerformanceDraft(
                draft.getSeatingPlanId(),
                draft.getHall(),
                storable(draft.getStartsAt()),
                draft.getTimeZone(),
                storable(draft.getSalesStart()),
                storable(draft.getSalesEnd()),
                orEmpty(draft.getSeatedCategories()).stream()
                        .map(DraftMapper::toCategory)
                        .toList(),
                orEmpty(draft.getGeneralAdmission()).stream()
                        .map(DraftMapper::toCategory)
                        .toList());
    }

    private static SeatedCategory toCategory(SeatedCategoryDraft draft) {
        return new SeatedCategory(draft.getCategory(), toOffers(draft.getPriceTypes()));
    }

    private static GeneralAdmission toCategory(GeneralAdmissionDraft draft) {
        return new GeneralAdmission(
                draft.getCategory(),
                draft.getName(),
                draft.getColor(),
                draft.getCapacity(),
                toOffers(draft.getPriceTypes()));
    }

    private static List<PriceOffer> toOffers(List<PriceTypeDraft> drafts) {
        return drafts.stream()
                .map(draft -> new PriceOffer(draft.getPriceType(), draft.getName(), draft.getAmount()))
                .toList();
    }

    /** The database keeps microseconds; what is compared here must be what is kept. */
    private static Instant storable(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }
}
