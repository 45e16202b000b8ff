package dev.abendkasse.server.outbox.domain;

import dev.abendkasse.server.shared.TimeCursor;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which messages are wanted, from which on. */
public record OutboxSearch(
        OutboxEntry.State state,
        @Nullable String kind,
        @Nullable TimeCursor<UUID> after) {}
