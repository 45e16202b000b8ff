package dev.abendkasse.server.helpdesk.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTests {

    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | 0",
                "'' | 0",
                "120 | 120",
                "0 | 0",
                "999999999 | 3600",
                "99999999999999999999 | 0",
                "-5 | 0",
                "soon | 0",
                "Tue, 01 Dec 2026 12:10:00 GMT | 600",
                "Tue, 01 Dec 2026 11:00:00 GMT | 0",
                "Wed, 02 Dec 2026 12:00:00 GMT | 3600"
            })
    void isReadAsSecondsOrAsADateAndNeverLasts(String header, long seconds) {
        assertThat(RetryAfter.of(header, NOW)).hasSeconds(seconds);
    }
}
