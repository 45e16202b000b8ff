package dev.abendkasse.server.relaunch.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the job is that wraps weak hashes.
 *
 * @param sealed those that are left, with faults among them
 * @param perMinute over the last five minutes
 * @param expectedEnd null when nothing is left, or nothing moves
 */
public record Wrapping(
        long sealed,
        long wrapped,
        long faults,
        double perMinute,
        @Nullable Instant expectedEnd) {}
