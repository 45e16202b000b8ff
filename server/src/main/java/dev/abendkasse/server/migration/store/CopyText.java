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
        for (int i = 0; i < cell.length(); i++) {
            var character = cell.charAt(i);
            switch (character) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(character);
            }
        }
        return text;
    }
}
