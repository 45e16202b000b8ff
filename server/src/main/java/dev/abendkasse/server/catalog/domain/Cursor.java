package dev.abendkasse.server.catalog.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where a page starts, as text that means nothing to clients. */
public final class Cursor {

    private static final String SEPARATOR = ",";
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private Cursor() {}

    /**
     * After which event a page starts.
     *
     * @param from the beginning of the time asked for; stays that of the first page
     */
    public record AfterEvent(Instant from, Instant startsAt, UUID eventId) {}

    public static String of(AfterEvent after) {
        return encode(after.from() + SEPARATOR + after.startsAt() + SEPARATOR + after.eventId());
    }

    public static String of(UUID id) {
        return encode(id.toString());
    }

    public static String of(String id) {
        return encode(id);
    }

    /** Empty when no page of events ended like this. */
    public static Optional<AfterEvent> afterEvent(String cursor) {
        return decode(cursor).map(text -> List.of(text.split(SEPARATOR, -1))).flatMap(Cursor::toAfterEvent);
    }

    public static Optional<UUID> afterId(String cursor) {
        return decode(cursor).flatMap(Cursor::toId);
    }

    public static Optional<String> afterText(String cursor) {
        return decode(cursor).filter(text -> text.indexOf('\0') < 0);
    }

    private static Optional<AfterEvent> toAfterEvent(List<String> parts) {
        if (parts.size() != 3) {
            return Optional.empty();
        }
        return toInstant(parts.get(0))
                .flatMap(from -> toInstant(parts.get(1))
                        .flatMap(start -> toId(parts.get(2)).map(id -> new AfterEvent(from, start, id))));
    }

    private static Optional<Instant> toInstant(String text) {
        try {
            return Optional.of(Instant.parse(text))
                    .filter(instant -> !instant.isBefore(FIRST) && !instant.isAfter(LAST))
                    .map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<UUID> toId(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static Optional<String> decode(String cursor) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(cursor), UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
