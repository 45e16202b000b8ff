package dev.abendkasse.server.helpdesk.domain;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** How long somebody wants to be left alone (RFC 9110: seconds, or a date). */
public final class RetryAfter {

    /** Longer than this nobody is left alone: it is as long as the longest of our own pauses. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** @param header as it stands; zero when it says nothing, or nothing that can be read */
    public static Duration of(@Nullable String header, Instant now) {
        if (header == null) {
            return Duration.ZERO;
        }
        try {
            var pause = header.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(header))
                    : Duration.between(now, ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME));
            return pause.compareTo(LONGEST) > 0 ? LONGEST : pause.isNegative() ? Duration.ZERO : pause;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
