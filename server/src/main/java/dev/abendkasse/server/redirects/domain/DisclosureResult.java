package dev.abendkasse.server.redirects.domain;

import dev.abendkasse.server.shared.problem.ProblemType;

/** What became of a wish to tell a person what is held about them. */
public sealed interface DisclosureResult {

    record Told(Disclosure disclosure) implements DisclosureResult {}

    /** Nothing is told or noted: there is no such customer, or the address does not say which of several is meant. */
    record Refused(ProblemType problem) implements DisclosureResult {}
}
