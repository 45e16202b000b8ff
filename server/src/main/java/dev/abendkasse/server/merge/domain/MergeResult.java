package dev.abendkasse.server.merge.domain;

import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.List;

/** What became of a merge, or of the wish to see what it would do. */
public sealed interface MergeResult<T extends MergeView> {

    record Shown<T extends MergeView>(T view) implements MergeResult<T> {}

    /**
     * Nothing was changed.
     *
     * @param conflicts what stands in the way, if that is why
     */
    record Refused<T extends MergeView>(ProblemType problem, List<String> conflicts) implements MergeResult<T> {

        public Refused {
            conflicts = List.copyOf(conflicts);
        }
    }
}
