package dev.abendkasse.server.migration.domain;

import java.nio.charset.Charset;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What its sender says of a file.
 *
 * @param source the former shop
 * @param exportedAt when the file was made
 * @param passwordFormat of hashes where a row names no format
 * @param language of customers of whom the file does not say it
 */
public record NewImport(
        String source,
        boolean apply,
        Instant exportedAt,
        @Nullable String passwordFormat,
        String language,
        String shopId,
        String by,
        Form form) {

    /** How the file is written. */
    public record Form(boolean json, Charset charset, char delimiter, boolean packed) {}
}
