package dev.abendkasse.server.webhooks.domain;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a try.
 *
 * @param status what the endpoint answered, if it answered
 * @param error why it did not come through, for staff
 * @param pause how long the endpoint wants to be left alone
 */
public record Verdict(
        Outcome outcome, @Nullable Integer status, @Nullable String error, Duration pause) {

    public enum Outcome {
        DELIVERED,
        FAILED,
        GONE
    }

    /** Longer than this nobody is left alone: it is as long as the longest of our own pauses. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    public static Verdict on(Attempt attempt, Instant now) {
        return switch (attempt) {
            case Attempt.NoAnswer(var why) -> new Verdict(Outcome.FAILED, null, why, Duration.ZERO);
            case Attempt.Answered(var status, var retryAfter) -> onAnswer(status, retryAfter, now);
        };
    }

    private static Verdict onAnswer(int status, @Nullable String retryAfter, Instant now) {
        if (status / 100 == 2) {
            return new Verdict(Outcome.DELIVERED, status, null, Duration.ZERO);
        }
        var outcome = status == GONE ? Outcome.GONE : Outcome.FAILED;
        var asks = status == TOO_MANY_REQUESTS || status == UNAVAILABLE;
        return new Verdict(outcome, status, "It answered " + status, asks ? pause(retryAfter, now) : Duration.ZERO);
    }

    /** RFC 9110: seconds, or a date. */
    private static Duration pause(@Nullable String retryAfter, Instant now) {
        if (retryAfter == null) {
            return Duration.ZERO;
        }
        try {
            var pause = retryAfter.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(retryAfter))
                    : Duration.between(now, ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME));
            return pause.compareTo(LONGEST) > 0 ? LONGEST : pause.isNegative() ? Duration.ZERO : pause;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
