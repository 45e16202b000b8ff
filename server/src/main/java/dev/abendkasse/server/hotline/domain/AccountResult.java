package dev.abendkasse.server.hotline.domain;

import dev.abendkasse.server.shared.problem.ProblemType;

/** What became of a command about an account. */
public sealed interface AccountResult {

    /** It is done, and the customer is now like this. */
    record Done(CustomerFile customer) implements AccountResult {}

    /** Nothing was changed. */
    record Refused(ProblemType problem) implements AccountResult {}
}
