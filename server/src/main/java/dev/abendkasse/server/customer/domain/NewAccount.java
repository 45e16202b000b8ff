package dev.abendkasse.server.customer.domain;

import org.jspecify.annotations.Nullable;

/** An account to be. */
public record NewAccount(
        String email,
        String canonical,
        byte[] matchKey,
        String name,
        @Nullable String phone,
        String passwordHash) {}
