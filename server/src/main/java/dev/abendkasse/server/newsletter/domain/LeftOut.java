package dev.abendkasse.server.newsletter.domain;

/** How many, and why. */
public record LeftOut(Obstacle reason, long count) {}
