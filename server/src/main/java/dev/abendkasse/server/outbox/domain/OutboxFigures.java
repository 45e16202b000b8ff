package dev.abendkasse.server.outbox.domain;

/**
 * How much of a kind there is to do. Numbers stop at a bound, so that counting stays cheap when things go wrong.
 *
 * @param waiting due or not yet due
 * @param dead given to people
 * @param lagSeconds how long the oldest one that is due has been so
 */
public record OutboxFigures(String kind, long waiting, long dead, double lagSeconds) {}
