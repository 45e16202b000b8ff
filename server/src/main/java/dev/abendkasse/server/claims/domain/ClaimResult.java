package dev.abendkasse.server.claims.domain;

import dev.abendkasse.server.shared.problem.ProblemType;

/** What became of the wish to start, pause, resume or end a campaign. */
public sealed interface ClaimResult {

    record Done(ClaimCampaign campaign) implements ClaimResult {}

    /** Nothing was changed. */
    record Refused(ProblemType problem) implements ClaimResult {}
}
