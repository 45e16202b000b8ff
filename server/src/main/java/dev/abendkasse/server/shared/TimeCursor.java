package dev.abendkasse.server.shared;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.function.Function;

/**
 * Where a page of things in the order of their instants starts.
 *
 * @param id tells things of the same instant apart
 */
public record TimeCursor<I>(Instant at, I id) {

    private static final String SEPARATOR = ",";
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /** A text that means nothing to clients. */
    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((at + SEPARATOR + id).getBytes(UTF_8));
    }

    /**
     * @param id reads an id and throws IllegalArgumentException where there is none
     * @throws IllegalArgumentException if this never was a cursor's text
     */
    public static <I> TimeCursor<I> parse(String text, Function<String, I> id) {
        var parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(SEPARATOR, 2);
        if (parts.length != 2) {
            throw new IllegalArgumentException("Not a cursor");
        }
        return new TimeCursor<>(instant(parts[0]), id.apply(parts[1]));
    }

    private static Instant instant(String text) {
        try {
            var instant = Instant.parse(text);
            if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
                throw new IllegalArgumentException("Out of range");
            }
            return instant.truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
