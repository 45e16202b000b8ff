package dev.abendkasse.server.cases.domain;

import dev.abendkasse.server.shared.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** What became of something that was done with a case. */
public sealed interface CaseResult<T> {

    /** Done, or looked up; this is the case now. */
    record Done<T>(T present) implements CaseResult<T> {}

    /**
     * Nothing was changed.
     *
     * @param clerk who has the order
     * @param retryAfter after how many seconds it may be possible
     */
    record Refused<T>(
            ProblemType problem,
            @Nullable String clerk,
            @Nullable Integer retryAfter) implements CaseResult<T> {}
}
