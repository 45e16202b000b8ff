package dev.abendkasse.server.paymentlink;

import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What became of something that was asked of a payment link. */
public sealed interface LinkOutcome<T> {

    record Done<T>(T result) implements LinkOutcome<T> {}

    /**
     * Nothing was changed.
     *
     * @param clerk who works on the order, if that was the reason
     */
    record Refused<T>(ProblemType problem, @Nullable String clerk) implements LinkOutcome<T> {

        public Refused(ProblemType problem) {
            this(problem, null);
        }
    }

    default <R> LinkOutcome<R> map(Function<T, R> change) {
        return switch (this) {
            case Done<T>(var result) -> new Done<>(change.apply(result));
            case Refused<T>(var problem, var clerk) -> new Refused<>(problem, clerk);
        };
    }
}
