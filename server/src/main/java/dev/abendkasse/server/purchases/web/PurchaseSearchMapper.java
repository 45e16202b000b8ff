package dev.abendkasse.server.purchases.web;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.abendkasse.api.model.PurchaseState;
import dev.abendkasse.server.purchases.domain.Purchase;
import dev.abendkasse.server.purchases.domain.PurchaseSearch;
import dev.abendkasse.server.purchases.domain.SearchText;
import dev.abendkasse.server.purchases.domain.ToldCode;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what somebody looks for. */
final class PurchaseSearchMapper {

    private static final int USUAL_LIMIT = 20;

    private PurchaseSearchMapper() {}

    static PurchaseSearch toSearch(dev.abendkasse.api.model.PurchaseSearch wanted, String by) {
        var criteria = Stream.of(wanted.getQ(), wanted.getPickupCode(), wanted.getOrderNumber(), wanted.getSeatId());
        if (criteria.filter(Objects::nonNull).count() != 1) {
            throw fault("#", "{fault.one-criterion}");
        }
        if (wanted.getSeatId() != null && wanted.getPerformanceId() == null) {
            throw fault("#/performanceId", "{fault.missing}");
        }
        var before = toCursor(wanted.getCursor());
        return new PurchaseSearch(
                by,
                toTexts(wanted.getQ()),
                toCode(wanted.getPickupCode()),
                wanted.getOrderNumber(),
                wanted.getPerformanceId(),
                wanted.getSeatId(),
                toStates(wanted.getStates()),
                wanted.getFrom(),
                wanted.getTo(),
                toAge(wanted.getEndedWithinHours(), wanted.getQ() != null).toSeconds(),
                before == null ? null : before.at(),
                before == null ? null : before.id(),
                Objects.requireNonNullElse(wanted.getLimit(), USUAL_LIMIT));
    }

    private static @Nullable List<String> toTexts(@Nullable String q) {
        if (q == null) {
            return null;
        }
        var text = new SearchText(q);
        if (!text.isLongEnough()) {
            throw fault("#/q", "{fault.three-characters}");
        }
        return text.spellings();
    }

    private static @Nullable String toCode(@Nullable String told) {
        return told == null ? null : ToldCode.read(told).orElseThrow(() -> fault("#/pickupCode", "{fault.form}"));
    }

    private static @Nullable Set<Purchase.State> toStates(@Nullable Collection<PurchaseState> states) {
        return states == null || states.isEmpty()
                ? null
                : states.stream()
                        .map(state -> Purchase.State.valueOf(state.name()))
                        .collect(toUnmodifiableSet());
    }

    private static Duration toAge(@Nullable Integer hours, boolean byPerson) {
        return hours == null ? PurchaseSearch.usualAge(byPerson) : Duration.ofHours(hours);
    }

    private static @Nullable TimeCursor<UUID> toCursor(@Nullable String cursor) {
        try {
            return cursor == null ? null : TimeCursor.parse(cursor, UUID::fromString);
        } catch (IllegalArgumentException e) {
            throw fault("#/cursor", "{fault.cursor}");
        }
    }

    private static ProblemException fault(String pointer, String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, Fault.at(pointer, detail));
    }
}
