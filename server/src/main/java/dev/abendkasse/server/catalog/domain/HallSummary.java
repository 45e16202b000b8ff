package dev.abendkasse.server.catalog.domain;

import java.time.Instant;
import java.util.UUID;

/** A hall in short. */
public record HallSummary(UUID seatingPlanId, String name, int seatCount, Instant importedAt) {}
