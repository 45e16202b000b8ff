package dev.abendkasse.server.web;

import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads cursors that come back from clients. */
public final class TimeCursors {

    private TimeCursors() {}

    /** @param id reads an id and throws IllegalArgumentException where there is none */
    public static <I> @Nullable TimeCursor<I> read(@Nullable String cursor, Function<String, I> id) {
        try {
            return cursor == null ? null : TimeCursor.parse(cursor, id);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, Fault.in("cursor", "{fault.cursor}"));
        }
    }
}
