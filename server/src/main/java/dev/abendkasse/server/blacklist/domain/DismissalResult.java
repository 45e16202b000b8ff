package dev.abendkasse.server.blacklist.domain;

import dev.abendkasse.server.shared.problem.ProblemType;

/** What became of a wish to dismiss a suggestion. */
public sealed interface DismissalResult {

    record Dismissed(Dismissal dismissal) implements DismissalResult {}

    /** Nothing was changed: nobody is suggested any more, or not for these facts. */
    record Refused(ProblemType problem) implements DismissalResult {}
}
