package dev.abendkasse.server.ticket;

/**
 * A public key that tickets are signed with: ES256 on P-256.
 *
 * @param keyId its thumbprint
 * @param x in Base64url, as in a JWK
 * @param y in Base64url, as in a JWK
 */
public record TicketKey(String keyId, String x, String y) {}
