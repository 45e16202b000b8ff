package dev.abendkasse.server.live.domain;

/** A category without seats, and how many of its places are free now. */
public record StandingNow(String category, int capacity, int available) {}
