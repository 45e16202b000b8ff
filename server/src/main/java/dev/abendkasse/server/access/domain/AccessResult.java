package dev.abendkasse.server.access.domain;

import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What became of a command. */
public sealed interface AccessResult<T> {

    record Done<T>(T value) implements AccessResult<T> {}

    /** @param pointer where in the request the fault is, if it is there */
    record Refused<T>(ProblemType problem, @Nullable String pointer) implements AccessResult<T> {}

    default <R> AccessResult<R> map(Function<T, R> change) {
        return switch (this) {
            case Done<T>(var value) -> new Done<>(change.apply(value));
            case Refused<T>(var problem, var pointer) -> new Refused<>(problem, pointer);
        };
    }
}
