package dev.abendkasse.server.sandbox.domain;

/**
 * A payment and where it stands.
 *
 * @param expired by the database's clock
 */
public record SandboxBooking(SandboxPayment payment, SandboxState state, boolean expired) {

    /** The buyer can still choose. */
    public boolean payable() {
        return state == SandboxState.OPEN && !expired;
    }
}
