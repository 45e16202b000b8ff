package dev.abendkasse.server.webhooks.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.webhooks.domain.Verdict.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTests {

    private static final Instant NOW = Instant.parse("2026-12-01T18:00:00Z");

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void anySuccessIsDelivered(int status) {
        assertThat(Verdict.on(new Attempt.Answered(status, "60"), NOW))
                .isEqualTo(new Verdict(Outcome.DELIVERED, status, null, Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 301, 302, 307, 308, 400, 401, 404, 409, 422, 500, 502, 504, 999})
    void anythingElseIsTriedAgain(int status) {
        assertThat(Verdict.on(new Attempt.Answered(status, "60"), NOW))
                .isEqualTo(new Verdict(Outcome.FAILED, status, "It answered " + status, Duration.ZERO));
    }

    @Test
    void goneMeansNotWantedAnyMore() {
        assertThat(Verdict.on(new Attempt.Answered(410, null), NOW).outcome()).isEqualTo(Outcome.GONE);
    }

    @Test
    void silenceIsTriedAgain() {
        assertThat(Verdict.on(new Attempt.NoAnswer("It did not answer in time"), NOW))
                .isEqualTo(new Verdict(Outcome.FAILED, null, "It did not answer in time", Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "90                             | PT90S",
                "0                              | PT0S",
                "3600                           | PT1H",
                "86400                          | PT1H",
                "999999999                      | PT1H",
                "Tue, 1 Dec 2026 18:02:00 GMT   | PT2M",
                "Tue, 1 Dec 2026 17:00:00 GMT   | PT0S",
                "Fri, 1 Jan 2100 00:00:00 GMT   | PT1H",
                "soon                           | PT0S",
                "-5                             | PT0S",
                "99999999999999999999           | PT0S"
            })
    void whoAsksForTimeGetsItUpToAnHour(String retryAfter, Duration pause) {
        assertThat(Verdict.on(new Attempt.Answered(503, retryAfter), NOW).pause())
                .isEqualTo(pause);
        assertThat(Verdict.on(new Attempt.Answered(429, retryAfter), NOW).pause())
                .isEqualTo(pause);
    }

    @Test
    void whoAsksForNoTimeGetsNone() {
        assertThat(Verdict.on(new Attempt.Answered(503, null), NOW).pause()).isEqualTo(Duration.ZERO);
    }
}
