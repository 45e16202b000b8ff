package dev.abendkasse.server.relaunch.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who of the former shops' customers has come over. */
public record Coverage(Instant countedAt, @Nullable Instant endsAt, Figures all, List<Source> sources) {

    /** Accounts; one may be in several figures. */
    public record Figures(
            long accounts,
            long beenIn,
            long claimed,
            long formerHash,
            long sealed,
            long needClaim,
            long unproven,
            long locked,
            long merged,
            long erased) {}

    /** One former shop. */
    public record Source(String source, Figures figures) {}
}
