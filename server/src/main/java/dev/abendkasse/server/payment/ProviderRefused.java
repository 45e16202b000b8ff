package dev.abendkasse.server.payment;

/** The payment provider was reached and said no. Trying the same again does not help. */
public final class ProviderRefused extends RuntimeException {

    private static final int CONFLICT = 409;

    private final int status;

    /** @param status its HTTP status, 4xx */
    public ProviderRefused(int status) {
        super("The payment provider answered " + status);
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** The payment was paid, or is being processed, and can no longer be cancelled. */
    public boolean tooLate() {
        return status == CONFLICT;
    }
}
