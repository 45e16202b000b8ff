package dev.abendkasse.server.access;

import dev.abendkasse.server.access.domain.ClientView;

/** A program's account and the secret that was made for it. */
public record NewSecret(ClientView client, String secret) {}
