package dev.abendkasse.server.seathistory;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the seat history.
 *
 * @param keep how long after a performance it is remembered who had its seats before
 */
@ConfigurationProperties("abendkasse.seat-history")
public record SeatHistoryProperties(@DefaultValue("90d") Duration keep) {

    public SeatHistoryProperties {
        if (keep.isNegative()) {
            throw new IllegalArgumentException("abendkasse.seat-history.keep must not be negative");
        }
    }
}
