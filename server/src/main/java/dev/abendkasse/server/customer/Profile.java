package dev.abendkasse.server.customer;

import dev.abendkasse.server.shared.CustomerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer's account.
 *
 * @param email the current address, as typed
 * @param emailProven whether somebody who reads its mailbox said so
 */
public record Profile(
        CustomerId id,
        String email,
        boolean emailProven,
        String name,
        @Nullable String phone,
        Instant createdAt) {}
