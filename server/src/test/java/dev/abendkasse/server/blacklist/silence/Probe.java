package dev.abendkasse.server.blacklist.silence;

/**
 * A checkout whose answer is timed.
 *
 * @param group 0 or 1: which of two kinds of buyers
 */
record Probe(int group, RawRequest request) {}
