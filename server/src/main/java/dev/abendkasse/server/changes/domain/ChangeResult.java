package dev.abendkasse.server.changes.domain;

import dev.abendkasse.server.shared.problem.ProblemType;

/** What came of asking for a change or for its impact. */
public sealed interface ChangeResult {

    /** It has begun. */
    record Begun(PerformanceChange change) implements ChangeResult {}

    /** Nothing was changed, only counted. */
    record Counted(Impact impact) implements ChangeResult {}

    /**
     * Nothing was changed.
     *
     * @param fault which of the rules about dates was broken; empty if none
     */
    record Refused(ProblemType problem, String fault) implements ChangeResult {}
}
