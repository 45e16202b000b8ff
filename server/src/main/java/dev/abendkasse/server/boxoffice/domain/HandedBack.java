package dev.abendkasse.server.boxoffice.domain;

/**
 * What a customer has again.
 *
 * @param handedBack what it was before and is again
 * @param order what has become of the clerk's order
 */
public record HandedBack(Hijack.Kind handedBack, DeskOrder order) {}
