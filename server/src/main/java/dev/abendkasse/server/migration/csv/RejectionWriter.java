package dev.abendkasse.server.migration.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.abendkasse.server.migration.domain.RejectedRow;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Rows that became no account, as the source had them. */
public final class RejectionWriter {

    private static final List<String> SHOWN = ImportColumns.ALL.stream()
            .filter(column -> !ImportColumns.SECRET.contains(column))
            .toList();
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private RejectionWriter() {}

    public static String header() {
        return line(Stream.concat(Stream.of("row", "outcome", "reason", "column"), SHOWN.stream()));
    }

    public static String row(RejectedRow row) {
        var why = Stream.of(
                String.valueOf(row.number()),
                row.outcome().name(),
                Objects.requireNonNullElse(row.reason(), ""),
                Objects.requireNonNullElse(row.column(), ""));
        var cells = SHOWN.stream().map(column -> defused(row.cells().getOrDefault(column, "")));
        return line(Stream.concat(why, cells));
    }

    private static String defused(String cell) {
        return !cell.isEmpty() && FORMULA_STARTS.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }

    private static String line(Stream<String> cells) {
        var line = new StringWriter();
        CsvWriter.builder()
                .lineDelimiter(LineDelimiter.CRLF)
                .bufferSize(0)
                .build(line)
                .writeRecord(cells.toList());
        return line.toString();
    }
}
