package dev.abendkasse.server.sandbox.web;

/** Ends a request that the sandbox cannot make sense of. */
final class Refusal extends RuntimeException {

    private final int status;

    Refusal(int status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
