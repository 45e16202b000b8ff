package dev.abendkasse.server.webhooks;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the webhooks.
 *
 * @param allowHttp also endpoints without TLS
 * @param allowPrivate also endpoints in private networks and on this machine
 * @param connectLimit for connecting
 * @param timeLimit for one delivery in all; shorter than {@code abendkasse.outbox.retry}
 * @param atOnce how many a replica sends at once
 * @param atOnceEach how many of them to one endpoint, so that one that is slow leaves room for the others
 * @param oldSecretFor how long a secret goes on after a new one was made
 * @param failingAfter after so many failed tries in a row an endpoint is shown as failing
 * @param keep how long deliveries can be looked at and sent again
 */
@ConfigurationProperties("abendkasse.webhooks")
public record WebhookProperties(
        @DefaultValue("false") boolean allowHttp,
        @DefaultValue("false") boolean allowPrivate,
        @DefaultValue("3s") Duration connectLimit,
        @DefaultValue("10s") Duration timeLimit,
        @DefaultValue("32") int atOnce,
        @DefaultValue("8") int atOnceEach,
        @DefaultValue("24h") Duration oldSecretFor,
        @DefaultValue("5") int failingAfter,
        @DefaultValue("30d") Duration keep) {

    public WebhookProperties {
        if (connectLimit.isNegative() || connectLimit.isZero() || timeLimit.isNegative() || timeLimit.isZero()) {
            throw new IllegalArgumentException("abendkasse.webhooks: connect-limit and time-limit must be positive");
        }
        if (atOnce < 1 || atOnceEach < 1) {
            throw new IllegalArgumentException("abendkasse.webhooks: at-once and at-once-each must be positive");
        }
    }
}
