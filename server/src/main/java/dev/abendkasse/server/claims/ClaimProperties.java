package dev.abendkasse.server.claims;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How campaigns of claim links are sent.
 *
 * @param linkFor how long a link works
 * @param ahead how long before they leave mails are posted; longer than between two looks
 */
@ConfigurationProperties("abendkasse.claims")
public record ClaimProperties(
        @DefaultValue("30d") Duration linkFor,
        @DefaultValue("1m") Duration ahead) {}
