package dev.abendkasse.server.payment;

import org.jspecify.annotations.Nullable;

/** The payment provider cannot be reached, is too slow or talks nonsense. Trying again later may help. */
public sealed class ProviderUnavailable extends RuntimeException permits ProviderNotAsked {

    private static final long serialVersionUID = 1;

    public ProviderUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
