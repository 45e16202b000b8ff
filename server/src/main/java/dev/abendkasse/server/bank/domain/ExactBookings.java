package dev.abendkasse.server.bank.domain;

/**
 * What was booked of a statement in one go.
 *
 * @param open how many lines still wait for somebody
 * @param more whether there may be more that fit exactly
 */
public record ExactBookings(int booked, int open, boolean more) {}
