package dev.abendkasse.server.bank.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import dev.abendkasse.server.bank.csv.StatementReading.Faulty;
import dev.abendkasse.server.csv.CsvFault;
import dev.abendkasse.server.csv.CsvText;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;

/**
 * Reads statements as banks export them: the separator and the header are found, what stands before the header is passed
 * over.
 */
public final class StatementReader {

    private static final List<Character> SEPARATORS = List.of(';', ',', '\t');
    private static final int ROWS_BEFORE_THE_HEADER = 30;

    private final StatementFormat format;

    public StatementReader(StatementFormat format) {
        this.format = format;
    }

    public StatementReading read(byte[] file, Charset charset) {
        return switch (CsvText.of(file, charset)) {
            case CsvText.Readable text -> read(text);
            case CsvText.Unreadable(var fault) -> new Faulty(List.of(fault));
        };
    }

    private StatementReading read(CsvText.Readable text) {
        return SEPARATORS.stream()
                .filter(separator -> headerIn(text, separator).isPresent())
                .findFirst()
                .map(separator -> read(text, separator))
                .orElseGet(() -> new Faulty(List.of(CsvFault.inRow(1, "bank.fault.header"))));
    }

    private StatementReading read(CsvText.Readable text, char separator) {
        var header = headerIn(text, separator).orElseThrow();
        var rows = new RowReader(header.layout(), format);
        var row = 0;
        try {
            for (var records = text.rows(separator); records.hasNext() && !rows.isFull(); ) {
                var cells = records.next().getFields();
                if (++row > header.row()) {
                    rows.read(row, cells);
                }
            }
        } catch (CsvParseException e) {
            return new Faulty(List.of(CsvFault.inRow(row + 1, "csv.fault.form")));
        }
        return rows.result();
    }

    private record Header(int row, Layout layout) {}

    private Optional<Header> headerIn(CsvText.Readable text, char separator) {
        try {
            var records = text.rows(separator);
            for (int row = 1; row <= ROWS_BEFORE_THE_HEADER && records.hasNext(); row++) {
                var layout = Layout.of(records.next().getFields(), format.columns());
                if (layout.isPresent()) {
                    return Optional.of(new Header(row, layout.get()));
                }
            }
        } catch (CsvParseException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }
}
