package dev.abendkasse.server.secret;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The installation's key.
 *
 * @param key 32 random bytes in Base64, the same on every replica and kept outside the database; with the embedded
 *     database it may be left out and is then made once and kept beside the data
 */
@ConfigurationProperties("abendkasse.secret")
public record SecretProperties(@Nullable String key) {}
