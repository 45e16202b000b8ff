package dev.abendkasse.server.web;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcTimeoutException;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells a server or database that is too busy, or away for a moment, from one that is broken. */
final class Overload {

    /** Lock and statement timeouts, deadlock, serialization failure. */
    private static final Set<String> BUSY = Set.of("55P03", "57014", "40P01", "40001", "25P03", "25P04");

    /** No connection, not enough resources, shutting down or starting. */
    private static final Set<String> AWAY = Set.of("08", "53", "57");

    private static final int MAX_CAUSES = 20;

    private Overload() {}

    static boolean isBehind(Throwable error) {
        return Stream.<@Nullable Throwable>iterate(error, one -> one == null ? null : one.getCause())
                .limit(MAX_CAUSES)
                .takeWhile(one -> one != null)
                .anyMatch(Overload::is);
    }

    private static boolean is(@Nullable Throwable error) {
        return switch (error) {
            case BulkheadFullException _ -> true;
            case RejectedExecutionException _ -> true;
            case R2dbcTimeoutException _ -> true;
            case R2dbcException e -> isBusy(e.getSqlState());
            case null, default -> false;
        };
    }

    private static boolean isBusy(@Nullable String sqlState) {
        return sqlState != null
                && sqlState.length() == 5
                && (BUSY.contains(sqlState) || AWAY.contains(sqlState.substring(0, 2)));
    }
}
