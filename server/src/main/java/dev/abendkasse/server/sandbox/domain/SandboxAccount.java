package dev.abendkasse.server.sandbox.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All there is about a payment.
 *
 * @param refunds what becomes of its refunds
 * @param dispute what its payer's bank has done
 */
public record SandboxAccount(
        SandboxBooking booking,
        SandboxRefunds refunds,
        @Nullable SandboxDispute dispute,
        List<SandboxRefund> made) {

    public SandboxAccount {
        made = List.copyOf(made);
    }
}
