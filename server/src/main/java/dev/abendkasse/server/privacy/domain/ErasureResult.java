package dev.abendkasse.server.privacy.domain;

import dev.abendkasse.server.shared.problem.ProblemType;
import java.time.Instant;
import java.util.List;

/** What became of an erasure. */
public sealed interface ErasureResult {

    record Erased(Instant at) implements ErasureResult {}

    /** What a guest was taken out of. */
    record GuestErased(long orders, long carts) implements ErasureResult {}

    /**
     * Nothing was changed.
     *
     * @param obstacles what is still going on, if that is why
     */
    record Refused(ProblemType problem, List<Obstacle> obstacles) implements ErasureResult {

        public Refused {
            obstacles = List.copyOf(obstacles);
        }
    }

    /** @param kind of things that are still going on */
    record Obstacle(String kind, long count) {}
}
