package dev.abendkasse.server.boxoffice.web;

import dev.abendkasse.server.boxoffice.domain.DeskResult;
import dev.abendkasse.server.shared.Actor;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Throttle;
import dev.abendkasse.server.web.WebProperties;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Slows down whoever guesses pick-up codes. A program counts as one, whichever clerks it names. */
@Component
class PickupGuard {

    private final Throttle guesses;

    PickupGuard(WebProperties properties) {
        this.guesses = new Throttle(properties.pickupGuessesPerMinute());
    }

    /** Counts each try beforehand, so that many at once cannot slip through, and forgets those that were right. */
    <T> Mono<DeskResult<T>> guard(Actor actor, @Nullable String pickupCode, Mono<DeskResult<T>> attempt) {
        if (pickupCode == null) {
            return attempt;
        }
        var caller = Objects.requireNonNullElse(actor.client(), actor.name());
        return guesses.admit(caller).then(attempt).doOnNext(result -> {
            if (!isWrong(result)) {
                guesses.giveBack(caller);
            }
        });
    }

    private static boolean isWrong(DeskResult<?> result) {
        return result instanceof DeskResult.Refused<?>(var why) && why.refused() == ProblemType.CART_NOT_FOUND;
    }
}
