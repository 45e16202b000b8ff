package dev.abendkasse.server.testing;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** Does several things at the same time and waits for all of them. */
public final class AtOnce {

    /** One of them. */
    public interface Step {

        void run() throws Exception;
    }

    private AtOnce() {}

    /** Fails with the first failure of a step. */
    public static void run(Step... steps) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var call :
                    threads.invokeAll(Arrays.stream(steps).map(AtOnce::call).toList())) {
                call.get();
            }
        }
    }

    private static Callable<Void> call(Step step) {
        return () -> {
            step.run();
            return null;
        };
    }
}
