package dev.abendkasse.server.payment;

import dev.abendkasse.server.outbox.TryLater;
import java.time.Duration;

/** The payment provider was not even asked: it has failed so often just now that it is left alone for a while. */
public final class ProviderNotAsked extends ProviderUnavailable {

    private static final long serialVersionUID = 1;

    private final Duration rest;

    /** @param rest how long it is left alone */
    public ProviderNotAsked(Throwable cause, Duration rest) {
        super("The payment provider is left alone for a while", cause);
        this.rest = rest;
    }

    /** For a message to the provider: it has not been tried, and waits its turn however long that takes. */
    TryLater later() {
        return TryLater.untried(rest);
    }
}
