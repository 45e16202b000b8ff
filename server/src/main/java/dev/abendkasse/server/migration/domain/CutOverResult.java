package dev.abendkasse.server.migration.domain;

/** What became of the wish to cut over. */
public sealed interface CutOverResult {

    record Open(CutOver cutOver) implements CutOverResult {}

    /** An import is under way, or the list of exceptions is another by now. */
    record NotReady() implements CutOverResult {}
}
