package dev.abendkasse.server.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the streams.
 *
 * @param numberEvery how often at most events are numbered and announced
 * @param readEvery how often at most a replica reads what was announced
 * @param lookEvery how often it looks for what nobody has announced, such as after a crash
 * @param heartbeat how often a stream shows that it is alive
 * @param retry after how long clients are to come back; each is told up to twice that, so that they do not come all at once
 * @param buffer how many messages wait for a client that reads slowly before it is told to look for itself
 * @param patience after how long a client that takes nothing at all is let go
 * @param keep for how long it can be told what a client has missed
 * @param expiring how long before its end a cart is said to expire
 * @param most how many streams a server has at once
 * @param mostPerAddress and how many of them go to one address
 */
@ConfigurationProperties("abendkasse.live")
public record LiveProperties(
        @DefaultValue("20ms") Duration numberEvery,
        @DefaultValue("100ms") Duration readEvery,
        @DefaultValue("5s") Duration lookEvery,
        @DefaultValue("20s") Duration heartbeat,
        @DefaultValue("2s") Duration retry,
        @DefaultValue("256") int buffer,
        @DefaultValue("60s") Duration patience,
        @DefaultValue("1h") Duration keep,
        @DefaultValue("2m") Duration expiring,
        @DefaultValue("10000") int most,
        @DefaultValue("200") int mostPerAddress) {

    public LiveProperties {
        if (lookEvery.isNegative()
                || lookEvery.isZero()
                || heartbeat.isNegative()
                || heartbeat.isZero()
                || buffer < 1) {
            throw new IllegalArgumentException("abendkasse.live: look-every, heartbeat and buffer must be positive");
        }
    }
}
