package dev.abendkasse.server.document;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Making documents.
 *
 * @param threads how many are made at once
 * @param queue how many more may wait before the next is refused
 */
@ConfigurationProperties("abendkasse.document")
public record DocumentProperties(
        @DefaultValue("2") int threads, @DefaultValue("20") int queue) {}
