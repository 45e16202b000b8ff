package dev.abendkasse.server.access.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An account of staff as admins see it. */
public record StaffView(
        String userName,
        List<String> scopes,
        long version,
        @Nullable Instant lockedAt,
        Instant passwordSetAt,
        Instant createdAt) {}
