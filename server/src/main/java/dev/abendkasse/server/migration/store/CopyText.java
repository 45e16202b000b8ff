package dev.abendkasse.server.migration.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.abendkasse.server.migration.domain.StagedRow;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Rows in the text format of COPY. */
public final class CopyText {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int ROW = 1000;

    private CopyText() {}

    /** Takes a while for many rows. */
    public static byte[] of(UUID importId, List<StagedRow> rows) {
        var text = new StringBuilder(rows.size() * ROW);
        rows.forEach(row -> append(text, importId, row));
        return text.toString().getBytes(UTF_8);
    }

    private static void append(StringBuilder text, UUID importId, StagedRow row) {
        text.append(importId).append('\t').append(row.number()).append('\t');
        append(text, row.sourceId()).append('\t');
        append(text, row.canonical()).append('\t');
        append(text, row.userCanonical()).append('\t');
        text.append(row.outcome()).append('\t');
        append(text, row.reason()).append('\t');
        append(text, row.column()).append('\t');
        append(text, row.facts().isEmpty() ? null : JSON.writeValueAsString(row.facts()))
                .append('\t');
        append(text, JSON.writeValueAsString(row.cells())).append('\n');
    }

    private static StringBuilder append(StringBuilder text, @Nullable String cell) {
        if (cell == null) {
            return text.append("\\N");
        }
        int written = 0;
        for (int i = 0; i < cell.length(); i++) {
            var escaped = escaped(cell.charAt(i));
            if (escaped != null) {
                text.append(cell, written, i).append(escaped);
                written = i + 1;
            }
        }
        return text.append(cell, written, cell.length());
    }

    private static @Nullable String escaped(char character) {
        return switch (character) {
            case '\\' -> "\\\\";
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            default -> null;
        };
    }
}
