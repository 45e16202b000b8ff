package dev.abendkasse.server.redirects.web;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.abendkasse.api.model.RedirectedCheckoutSearch;
import dev.abendkasse.server.cart.PickupCode;
import dev.abendkasse.server.redirects.domain.RedirectReason;
import dev.abendkasse.server.redirects.domain.RedirectSearch;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads whose attempts somebody looks for. */
final class RedirectSearchMapper {

    private static final int USUAL_LIMIT = 20;
    private static final Pattern CODE = Pattern.compile("[0-9A-HJKMNP-TV-Z]{6}");

    private RedirectSearchMapper() {}

    /** @param anybody whether it need not be said whose */
    static RedirectSearch toDomain(RedirectedCheckoutSearch search, boolean anybody) {
        var said = Stream.of(search.getEmail(), search.getCustomerId(), search.getCartId(), search.getPickupCode())
                .filter(Objects::nonNull)
                .count();
        if (said > 1 || said == 0 && !anybody) {
            throw fault("#", said > 1 ? "{fault.one-buyer-at-most}" : "{fault.one-buyer}");
        }
        return new RedirectSearch(
                search.getEmail(),
                search.getCustomerId(),
                search.getCartId(),
                toCode(search.getPickupCode()),
                toReasons(search.getReasons()),
                search.getFrom(),
                search.getTo(),
                toCursor(search.getCursor()),
                Objects.requireNonNullElse(search.getLimit(), USUAL_LIMIT));
    }

    private static @Nullable String toCode(@Nullable String told) {
        var code = told == null ? null : PickupCode.asTold(told);
        if (code != null && !CODE.matcher(code).matches()) {
            throw fault("#/pickupCode", "{fault.form}");
        }
        return code;
    }

    private static Set<RedirectReason> toReasons(
            @Nullable Collection<dev.abendkasse.api.model.RedirectReason> reasons) {
        return reasons == null || reasons.isEmpty()
                ? Set.of(RedirectReason.values())
                : reasons.stream()
                        .map(reason -> RedirectReason.valueOf(reason.name()))
                        .collect(toUnmodifiableSet());
    }

    static @Nullable TimeCursor<UUID> toCursor(@Nullable String cursor) {
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
