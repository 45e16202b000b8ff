package dev.abendkasse.server.blacklist.domain;

import dev.abendkasse.server.shared.problem.ProblemType;

/** What became of a wish to block. */
public sealed interface BlacklistResult {

    record Added(BlacklistEntry entry) implements BlacklistResult {}

    /** Nothing was changed: there is no such customer, or the end is over already. */
    record Refused(ProblemType problem) implements BlacklistResult {}
}
