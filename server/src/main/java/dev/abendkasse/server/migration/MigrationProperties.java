package dev.abendkasse.server.migration;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Imports of customers.
 *
 * @param lookEvery how often each replica looks for imports to go on with
 * @param keepRows for how long after an import has ended rows are kept of which nothing more will become
 */
@ConfigurationProperties("abendkasse.migration")
record MigrationProperties(
        @DefaultValue("1s") Duration lookEvery,
        @DefaultValue("90d") Duration keepRows) {}
