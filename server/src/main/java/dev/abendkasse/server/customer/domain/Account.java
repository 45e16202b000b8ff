package dev.abendkasse.server.customer.domain;

import dev.abendkasse.server.shared.CustomerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What signing in needs to know of an account. Whether it lets anybody in is asked after the password.
 *
 * @param passwordHash null when it is sealed, or when there is none
 * @param sealedHash a weak hash of the former shop, encrypted
 * @param passwordChangedAt when its owner last chose it
 */
public record Account(
        CustomerId id,
        @Nullable String passwordHash,
        byte @Nullable [] sealedHash,
        @Nullable Instant passwordChangedAt) {}
