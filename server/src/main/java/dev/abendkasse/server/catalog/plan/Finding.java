package dev.abendkasse.server.catalog.plan;

/**
 * What there is to say about one place of a seating plan's document.
 *
 * @param pointer where, as a JSON Pointer in a URI fragment (RFC 6901), at most 500 characters; a missing member is
 *     pointed at as if it were there
 * @param code    one stable word for programs. Faults: {@code missing}, {@code wrong-type}, {@code empty},
 *     {@code too-long}, {@code unusable-text}, {@code out-of-range}, {@code too-many}, {@code no-seats},
 *     {@code duplicate-seat}, {@code duplicate-category}, {@code unknown-category}. Warnings: {@code unknown-key},
 *     {@code unreadable}, {@code missing-size}, {@code empty-name}, {@code more-warnings}
 * @param message a sentence for people, at most 500 characters
 */
public record Finding(String pointer, String code, String message) {}
