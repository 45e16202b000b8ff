package dev.abendkasse.server.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of files that staff download. */
public final class CsvLine {

    /** What spreadsheets take for the beginning of a formula. */
    private static final String FORMULAS = "=+-@\t\r";

    private CsvLine() {}

    /**
     * One line with its end. What a spreadsheet would take for a formula gets an apostrophe before it, as the OWASP page on CSV
     * injection advises.
     *
     * @param cells null for an empty one
     */
    public static String of(List<? extends @Nullable Object> cells) {
        var line = new StringWriter();
        CsvWriter.builder()
                .bufferSize(0)
                .build(line)
                .writeRecord(cells.stream().map(CsvLine::text).toArray(String[]::new));
        return line.toString();
    }

    private static String text(@Nullable Object cell) {
        var text = cell == null ? "" : cell.toString();
        return !text.isEmpty() && FORMULAS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
