package dev.abendkasse.server.payment;

/** The payment provider was reached and said no. Trying the same again does not help. */
public final class ProviderRefused extends RuntimeException {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
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

    /** It does not know us, whatever we ask: our settings are wrong, and that can be mended. */
    public boolean ofAccess() {
        return status == UNAUTHORIZED || status == FORBIDDEN;
    }

    /** The payment was paid, or is being processed, and can no longer be cancelled. */
    public boolean tooLate() {
        return tooLate;
    }
}
