package dev.abendkasse.server.migration.csv;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a file of customers.
 *
 * @param number the first row after the header, or of all, is 1
 * @param cells by column, empty ones left out
 * @param fault why the row as a whole cannot be read
 * @param column where the fault is
 */
public record FileRow(
        long number,
        Map<String, String> cells,
        @Nullable String fault,
        @Nullable String column) {

    static FileRow sound(long number, Map<String, String> cells) {
        return new FileRow(number, cells, null, null);
    }
}
