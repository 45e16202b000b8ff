package dev.abendkasse.server.customer;

import dev.abendkasse.server.shared.CustomerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer's account.
 *
 * @param email the current address, as typed
 */
public record Profile(
        CustomerId id, String email, String name, @Nullable String phone, Instant createdAt) {}
