package dev.abendkasse.server.claims.domain;

/**
 * What a campaign would do if it began now.
 *
 * @param accounts how many wait to be claimed
 * @param mailedToday how many of them would be left out
 * @param minutes how long it takes
 */
public record ClaimPreview(long accounts, long mailedToday, long minutes) {}
