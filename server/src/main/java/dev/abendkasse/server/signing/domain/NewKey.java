package dev.abendkasse.server.signing.domain;

/**
 * A key that was just made and may be needed.
 *
 * @param publicKey as a JWK
 * @param privateKey hex of the whole key as a JWK, encrypted
 */
public record NewKey(String keyId, String publicKey, String privateKey) {}
