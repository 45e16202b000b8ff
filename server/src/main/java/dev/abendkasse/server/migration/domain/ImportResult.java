package dev.abendkasse.server.migration.domain;

import dev.abendkasse.server.shared.problem.ProblemType;

/** What became of a command about an import. */
public sealed interface ImportResult {

    record Done(CustomerImport done) implements ImportResult {}

    /** Nothing was changed. */
    record Refused(ProblemType problem) implements ImportResult {}
}
