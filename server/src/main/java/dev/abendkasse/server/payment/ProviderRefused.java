package dev.abendkasse.server.payment;

/** The payment provider was reached and said no. Trying the same again does not help. */
public final class ProviderRefused extends RuntimeException {

    private static final int CONFLICT = 409;

    private final int status;
    private final boolean tooLate;

    /** @param status its HTTP status, 4xx */
    public ProviderRefused(int status) {
        this(status, "", status == CONFLICT);
    }

    /** @param code why, in the provider's words */
    public ProviderRefused(int status, String code, boolean tooLate) {
        super(("The payment provider answered " + status + " " + code).strip());
        this.status = status;
        this.tooLate = tooLate;
    }

    public int status() {
        return status;
    }

    /** The payment was paid, or is being processed, and can no longer be cancelled. */
    public boolean tooLate() {
        return tooLate;
    }
}
