package dev.abendkasse.server.sandbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the sandbox.
 *
 * @param enabled by default only when no outside provider is configured
 * @param port on this machine only; 0 for any that is free
 * @param notificationLimit for one try to deliver a notification
 * @param notificationRetry before the next try; doubled each time up to five minutes
 * @param notificationTries after which it gives up
 */
@ConfigurationProperties("abendkasse.sandbox")
public record SandboxProperties(
        @Nullable Boolean enabled,
        @DefaultValue("8081") int port,
        @DefaultValue("3s") Duration notificationLimit,
        @DefaultValue("5s") Duration notificationRetry,
        @DefaultValue("20") int notificationTries) {

    public SandboxProperties {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("abendkasse.sandbox.port must be between 0 and 65535");
        }
        if (notificationRetry.compareTo(notificationLimit) <= 0) {
            throw new IllegalArgumentException(
                    "abendkasse.sandbox.notification-retry must be longer than notification-limit");
        }
    }
}
