package dev.abendkasse.server.access.domain;

import java.util.UUID;

/**
 * A secret that was made for a program.
 *
 * @param secretId what the secret is derived from
 */
public record MadeSecret(ClientView client, UUID secretId) {}
