package dev.abendkasse.server.access.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A program's account as admins see it. */
public record ClientView(
        String clientId,
        String name,
        List<String> scopes,
        long version,
        @Nullable Instant lockedAt,
        Instant secretSetAt,
        @Nullable Instant oldSecretUntil,
        Instant createdAt) {}
