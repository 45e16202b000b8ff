package dev.abendkasse.server.customer.domain;

import dev.abendkasse.server.shared.problem.ProblemType;

/** What became of something that was done with an account. */
public sealed interface AccountResult {

    record Done() implements AccountResult {}

    /** Done, and somebody is signed in. */
    record Opened(Session session) implements AccountResult {}

    /** Nothing was changed. */
    record Refused(ProblemType problem) implements AccountResult {}
}
