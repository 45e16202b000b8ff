package dev.abendkasse.server.relaunch.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When the former shop's passwords stop working; null: never. */
public record MigrationEnd(@Nullable Instant endsAt, long version) {

    /** Another end, for whoever has seen this version. */
    public record Change(@Nullable Instant endsAt, long version, String by) {}
}
