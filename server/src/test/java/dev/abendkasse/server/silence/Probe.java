package dev.abendkasse.server.silence;

/**
 * A request whose answer is timed.
 *
 * @param group 0 or 1: which of two kinds of people
 */
record Probe(int group, RawRequest request) {}
