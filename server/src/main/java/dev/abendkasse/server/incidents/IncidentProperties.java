package dev.abendkasse.server.incidents;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of incidents.
 *
 * @param holdAfter how long orders that waited are still held once the service is back
 * @param relapse an incident that was over for no longer than this is the same one when the service is down again
 * @param steady for how long nobody may have been turned away before the service counts as back
 */
@ConfigurationProperties("abendkasse.incidents")
public record IncidentProperties(
        @DefaultValue("2h") Duration holdAfter,
        @DefaultValue("15m") Duration relapse,
        @DefaultValue("15s") Duration steady) {

    public IncidentProperties {
        if (holdAfter.isNegative() || relapse.isNegative() || steady.isNegative()) {
            throw new IllegalArgumentException("abendkasse.incidents times must not be negative");
        }
    }
}
