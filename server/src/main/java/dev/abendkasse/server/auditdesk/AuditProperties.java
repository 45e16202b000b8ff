package dev.abendkasse.server.auditdesk;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where signed heads of the audit are kept.
 *
 * @param logHead whether they go into the log
 * @param headFile a file to which they are appended; none: no file
 */
@ConfigurationProperties("abendkasse.audit")
public record AuditProperties(
        @DefaultValue("true") boolean logHead, @Nullable Path headFile) {}
