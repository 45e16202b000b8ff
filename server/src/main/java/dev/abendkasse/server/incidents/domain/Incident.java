package dev.abendkasse.server.incidents.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A time during which a service could not be reached. The names of the components are those that the database writes.
 *
 * @param backAt when it answered again; null while it does not
 * @param cases how many it has brought
 * @param openCases how many of them still wait
 */
public record Incident(
        UUID incidentId,
        String upstream,
        Instant beganAt,
        @Nullable Instant backAt,
        long cases,
        long openCases) {}
