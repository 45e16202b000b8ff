package dev.abendkasse.server.migration.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import dev.abendkasse.server.migration.domain.StagedRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** Rows in the CSV format of COPY: what is not there is empty, and what is there and empty is quoted. */
public final class CopyText {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int ROW = 1000;

    private CopyText() {}

    /** Takes a while for many rows. */
    public static byte[] of(UUID importId, List<StagedRow> rows) {
        var bytes = new ByteArrayOutputStream(rows.size() * ROW);
        var text = CsvWriter.builder().quoteStrategy(QuoteStrategies.EMPTY).lineDelimiter(LineDelimiter.LF);
        try (var csv = text.build(bytes, UTF_8)) {
            rows.forEach(row -> write(csv, importId, row));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(CsvWriter csv, UUID importId, StagedRow row) {
        csv.writeRecord(
                importId.toString(),
                String.valueOf(row.number()),
                row.sourceId(),
                row.canonical(),
                row.userCanonical(),
                row.outcome().name(),
                row.reason(),
                row.column(),
                row.facts().isEmpty() ? null : json(row.facts()),
                json(row.cells()));
    }

    private static String json(Map<String, ?> members) {
        return JSON.writeValueAsString(members);
    }
}
