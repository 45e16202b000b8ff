package dev.abendkasse.server.payment;

import dev.abendkasse.server.outbox.TryLater;
import java.time.Duration;

/** The payment provider was not even asked: it has failed so often just now that it is left alone for a while. */
public final class ProviderNotAsked extends ProviderUnavailable {

    private static final long serialVersionUID = 1;
    private static final Duration A_WHILE = Duration.ofMinutes(1);

    public ProviderNotAsked(Throwable cause) {
        super("The payment provider is left alone for a while", cause);
    }

    /** For a message to the provider: it has not been tried, and waits its turn however long that takes. */
    TryLater later() {
        return TryLater.untried(A_WHILE);
    }
}
