package dev.abendkasse.server.catalog.web;

import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads cursors that come back from clients. */
final class Cursors {

    private Cursors() {}

    /** @param read how the cursor's text is read; empty for one that is not ours */
    static <T> Optional<T> read(@Nullable String cursor, Function<String, Optional<T>> read) {
        return Optional.ofNullable(cursor).map(text -> read.apply(text).orElseThrow(Cursors::problem));
    }

    private static ProblemException problem() {
        return new ProblemException(ProblemType.INVALID_REQUEST, Fault.in("cursor", "{fault.cursor}"));
    }
}
