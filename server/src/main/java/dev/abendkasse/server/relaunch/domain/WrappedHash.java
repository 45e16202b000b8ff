package dev.abendkasse.server.relaunch.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a weak hash.
 *
 * @param sealed as it was, in hex
 * @param wrapped Argon2id over it; null when it cannot be decrypted or read
 */
public record WrappedHash(
        UUID customerId, String sealed, @Nullable String wrapped) {}
