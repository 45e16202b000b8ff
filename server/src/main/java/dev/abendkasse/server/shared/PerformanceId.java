package dev.abendkasse.server.shared;

import java.util.UUID;

/** A dated showing of an event. */
public record PerformanceId(UUID value) {}
