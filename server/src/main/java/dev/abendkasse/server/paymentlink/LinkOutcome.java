package dev.abendkasse.server.paymentlink;

import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.function.Function;

/** What became of something that was asked of a payment link. */
public sealed interface LinkOutcome<T> {

    record Done<T>(T result) implements LinkOutcome<T> {}

    /** Nothing was changed. */
    record Refused<T>(ProblemType problem) implements LinkOutcome<T> {}

    default <R> LinkOutcome<R> map(Function<T, R> change) {
        return switch (this) {
            case Done<T>(var result) -> new Done<>(change.apply(result));
            case Refused<T>(var problem) -> new Refused<>(problem);
        };
    }
}
