package dev.abendkasse.server.signing.domain;

/**
 * A signing key as it is stored.
 *
 * @param publicKey as a JWK
 * @param privateKey the whole key as a JWK, encrypted
 */
public record StoredKey(String keyId, String publicKey, byte[] privateKey, boolean active) {}
