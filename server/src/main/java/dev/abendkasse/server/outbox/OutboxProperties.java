package dev.abendkasse.server.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the outbox.
 *
 * @param retry before the second try; doubled each time up to an hour. Longer than any handler takes.
 * @param maxTries after so many a message is given to people
 * @param lookEvery how often it looks for work that nobody has announced, such as after a crash
 * @param announceEvery how often at most it is announced that there is work
 * @param keep how long it is remembered what has left
 */
@ConfigurationProperties("abendkasse.outbox")
public record OutboxProperties(
        @DefaultValue("30s") Duration retry,
        @DefaultValue("20") int maxTries,
        @DefaultValue("10s") Duration lookEvery,
        @DefaultValue("20ms") Duration announceEvery,
        @DefaultValue("90d") Duration keep) {

    public OutboxProperties {
        requirePositive("retry", retry);
        requirePositive("look-every", lookEvery);
        requirePositive("keep", keep);
        if (maxTries < 1) {
            throw new IllegalArgumentException("abendkasse.outbox.max-tries must be positive");
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("abendkasse.outbox." + name + " must be positive");
        }
    }
}
