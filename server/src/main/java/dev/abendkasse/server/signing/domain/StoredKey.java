package dev.abendkasse.server.signing.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signing key as it is stored.
 *
 * @param publicKey as a JWK
 * @param privateKey the whole key as a JWK, encrypted; nothing once it is forgotten
 */
public record StoredKey(
        String keyId,
        String publicKey,
        byte[] privateKey,
        String state,
        Instant createdAt,
        @Nullable Instant activatedAt,
        @Nullable Instant endedAt) {

    public boolean isActive() {
        return state.equals("ACTIVE");
    }
}
