package dev.abendkasse.server.gate;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When gates let people in.
 *
 * @param opensBefore from how long before the performance starts
 * @param closesAfter until how long after it has started
 */
@ConfigurationProperties("abendkasse.gate")
public record GateProperties(
        @DefaultValue("3h") Duration opensBefore,
        @DefaultValue("6h") Duration closesAfter) {}
