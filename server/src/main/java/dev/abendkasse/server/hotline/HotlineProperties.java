package dev.abendkasse.server.hotline;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long links work that staff send.
 *
 * @param claimLinkFor of a claim
 * @param resetLinkFor of another password
 */
@ConfigurationProperties("abendkasse.hotline")
public record HotlineProperties(
        @DefaultValue("7d") Duration claimLinkFor,
        @DefaultValue("1h") Duration resetLinkFor) {}
