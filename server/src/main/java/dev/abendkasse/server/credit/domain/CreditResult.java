package dev.abendkasse.server.credit.domain;

import dev.abendkasse.server.shared.problem.ProblemType;

/** What became of a new limit. */
public sealed interface CreditResult {

    record Changed(CreditAccount account) implements CreditResult {}

    /** Nothing was changed. */
    record Refused(ProblemType problem) implements CreditResult {}
}
