package dev.abendkasse.server.catalog;

import dev.abendkasse.server.catalog.PerformanceDraft.GeneralAdmission;
import dev.abendkasse.server.catalog.PerformanceDraft.PriceOffer;
import dev.abendkasse.server.catalog.PerformanceDraft.Priced;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what does not fit together in a draft. Pure: what it must know is given. */
final class DraftCheck {

    private static final Duration LONGEST_AFTER_START = Duration.ofDays(1);
    private static final int MOST_PLACES = 100_000;

    private final PerformanceDraft draft;
    private final List<Fault> faults = new ArrayList<>();

    private DraftCheck(PerformanceDraft draft) {
        this.draft = draft;
    }

    /**
     * @param planCategories the keys of the seating plan's categories; empty if the draft names none, null if there is
     *     no such plan
     * @param earliest the earliest start allowed
     */
    static List<Fault> faults(PerformanceDraft draft, @Nullable Set<String> planCategories, Instant earliest) {
        var check = new DraftCheck(draft);
        check.times(earliest);
        check.plan(planCategories);
        check.places();
        check.keys(planCategories);
        check.prices("#/seatedCategories/", draft.seatedCategories());
        check.prices("#/generalAdmission/", draft.generalAdmission());
        return check.faults;
    }

    private void times(Instant earliest) {
        if (draft.startsAt().isBefore(earliest)) {
            fault("#/startsAt", "{fault.start-in-the-past}");
        }
        if (!ZoneId.getAvailableZoneIds().contains(draft.timeZone())) {
            fault("#/timeZone", "{fault.unknown}");
        }
        if (!draft.salesEnd().isAfter(draft.salesStart())) {
            fault("#/salesEnd", "{fault.sales-end-before-start}");
        }
        if (draft.salesEnd().isAfter(draft.startsAt().plus(LONGEST_AFTER_START))) {
            fault("#/salesEnd", "{fault.sales-end-too-late}");
        }
    }

    private void plan(@Nullable Set<String> categories) {
        if (categories == null) {
            fault("#/seatingPlanId", "{fault.unknown}");
        } else if (draft.seatingPlanId() == null && !draft.seatedCategories().isEmpty()) {
            fault("#/seatedCategories", "{fault.seats-without-plan}");
        } else {
            categories.stream().filter(this::hasNoPrices).forEach(this::withoutPrices);
        }
    }

    private boolean hasNoPrices(String category) {
        return draft.seatedCategories().stream()
                .noneMatch(priced -> priced.category().equals(category));
    }

    private void withoutPrices(String category) {
        fault("#/seatedCategories", "The plan's category \"" + category + "\" has no prices.");
    }

    private void places() {
        if (draft.seatingPlanId() == null && draft.generalAdmission().isEmpty()) {
            fault("#/generalAdmission", "{fault.no-places}");
        }
        long places = draft.generalAdmission().stream()
                .mapToLong(GeneralAdmission::capacity)
                .sum();
        if (places > MOST_PLACES) {
            fault("#/generalAdmission", "{fault.too-many-places}");
        }
    }

    private void keys(@Nullable Set<String> planCategories) {
        var seen = new HashSet<String>();
        for (int i = 0; i < draft.seatedCategories().size(); i++) {
            var key = draft.seatedCategories().get(i).category();
            var pointer = "#/seatedCategories/" + i + "/category";
            duplicate(seen, key, pointer);
            if (draft.seatingPlanId() != null && planCategories != null && !planCategories.contains(key)) {
                fault(pointer, "{fault.unknown}");
            }
        }
        if (planCategories != null) {
            seen.addAll(planCategories);
        }
        for (int i = 0; i < draft.generalAdmission().size(); i++) {
            duplicate(seen, draft.generalAdmission().get(i).category(), "#/generalAdmission/" + i + "/category");
        }
    }

    private void prices(String categories, List<? extends Priced> priced) {
        for (int i = 0; i < priced.size(); i++) {
            prices(categories + i + "/priceTypes/", priced.get(i));
        }
    }

    private void prices(String pointer, Priced category) {
        var seen = new HashSet<String>();
        List<PriceOffer> offers = category.priceTypes();
        for (int i = 0; i < offers.size(); i++) {
            duplicate(seen, offers.get(i).priceType(), pointer + i + "/priceType");
        }
    }

    private void duplicate(Set<String> seen, String key, String pointer) {
        if (!seen.add(key)) {
            fault(pointer, "{fault.duplicate}");
        }
    }

    private void fault(String pointer, String detail) {
        faults.add(Fault.at(pointer, detail));
    }
}
