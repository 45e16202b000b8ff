package dev.abendkasse.server.payment;

import org.jspecify.annotations.Nullable;

/** The payment provider cannot be reached, is too slow or talks nonsense. Trying again later may help. */
public final class ProviderUnavailable extends RuntimeException {

    public ProviderUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
