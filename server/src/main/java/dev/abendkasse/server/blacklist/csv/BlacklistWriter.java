package dev.abendkasse.server.blacklist.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.abendkasse.server.blacklist.domain.BlacklistEntry;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes entries as a file, row by row. */
public final class BlacklistWriter {

    private BlacklistWriter() {}

    public static String header() {
        return line(Arrays.stream(Columns.values()).map(Columns::title));
    }

    /** @param matchKey hex; none for an entry of an account alone */
    public static String row(BlacklistEntry entry, @Nullable String matchKey) {
        return line(Stream.of(
                        text(entry.entryId()),
                        text(entry.customerId()),
                        text(entry.email()),
                        text(matchKey),
                        entry.reason(),
                        EvidenceCell.write(entry.evidence()),
                        text(entry.endsAt()),
                        text(entry.createdAt()),
                        entry.createdBy(),
                        text(entry.liftedAt()),
                        text(entry.liftedBy()),
                        text(entry.liftNote()))
                .map(Formulas::defuse));
    }

    private static String line(Stream<String> cells) {
        var line = new StringWriter();
        CsvWriter.builder().bufferSize(0).build(line).writeRecord(cells.toArray(String[]::new));
        return line.toString();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
