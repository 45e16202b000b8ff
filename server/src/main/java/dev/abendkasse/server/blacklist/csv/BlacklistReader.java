package dev.abendkasse.server.blacklist.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.abendkasse.server.blacklist.csv.BlacklistReading.Faulty;
import dev.abendkasse.server.csv.CsvFault;
import dev.abendkasse.server.csv.CsvText;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads files of entries, those that an export wrote among them. The first row names the columns. */
public final class BlacklistReader {

    private static final List<Character> SEPARATORS = List.of(',', ';');

    private BlacklistReader() {}

    /** @param now what has ended by then is passed over */
    public static BlacklistReading read(byte[] file, Charset charset, Instant now) {
        return switch (CsvText.of(file, charset)) {
            case CsvText.Readable text -> read(text, now);
            case CsvText.Unreadable(var fault) -> new Faulty(List.of(fault));
        };
    }

    private static BlacklistReading read(CsvText.Readable text, Instant now) {
        for (var separator : SEPARATORS) {
            var records = text.rows(separator);
            var rows = header(records, now);
            if (rows != null) {
                return read(records, rows);
            }
        }
        return new Faulty(List.of(CsvFault.inRow(1, "blacklist.fault.header")));
    }

    private static BlacklistReading read(Iterator<CsvRecord> records, RowReader rows) {
        var row = 1;
        try {
            while (records.hasNext() && !rows.isFull()) {
                rows.read(++row, records.next().getFields());
            }
        } catch (CsvParseException e) {
            return new Faulty(List.of(CsvFault.inRow(row + 1, "csv.fault.form")));
        }
        return rows.result();
    }

    private static @Nullable RowReader header(Iterator<CsvRecord> records, Instant now) {
        try {
            return records.hasNext() ? RowReader.under(records.next().getFields(), now) : null;
        } catch (CsvParseException e) {
            return null;
        }
    }
}
