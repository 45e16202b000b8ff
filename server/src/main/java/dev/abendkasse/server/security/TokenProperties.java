package dev.abendkasse.server.security;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What access tokens hang on.
 *
 * @param freshFor how long what was read of an account or a key may be relied on: so long a token may still work after its
 *     account was locked or its key withdrawn
 * @param rotateKeysEvery how long a key signs
 */
@ConfigurationProperties("abendkasse.security.tokens")
public record TokenProperties(
        @DefaultValue("2s") Duration freshFor,
        @DefaultValue("90d") Duration rotateKeysEvery) {}
