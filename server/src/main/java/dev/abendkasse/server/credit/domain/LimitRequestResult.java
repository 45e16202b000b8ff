package dev.abendkasse.server.credit.domain;

import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.problem.ProblemType;

/** What became of a wish for another limit. */
public sealed interface LimitRequestResult {

    /** People will decide. */
    record Opened(CaseNumber number) implements LimitRequestResult {}

    /** Nothing was changed. */
    record Refused(ProblemType problem) implements LimitRequestResult {}
}
