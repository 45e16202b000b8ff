package dev.abendkasse.server.outbox;

import java.time.Duration;

/** A message that has not left and must not be tried again before so long. */
public final class TryLater extends RuntimeException {

    private final Duration wait;
    private final boolean tried;

    private TryLater(String message, Duration wait, boolean tried) {
        super(message);
        this.wait = wait;
        this.tried = tried;
    }

    /**
     * It came to nothing, and is tried again after the usual wait or this one, whichever is longer.
     *
     * @param message why, for staff; without secrets and personal data
     */
    public static TryLater notBefore(String message, Duration wait) {
        return new TryLater(message, wait, true);
    }

    /** It was not even tried: its turn has not come. Counts for nothing. */
    public static TryLater untried(Duration wait) {
        return new TryLater("Its turn has not come", wait, false);
    }

    Duration waiting() {
        return wait;
    }

    boolean wasTried() {
        return tried;
    }
}
