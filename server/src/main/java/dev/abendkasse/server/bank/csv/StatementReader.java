package dev.abendkasse.server.bank.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import dev.abendkasse.server.bank.csv.StatementReading.Fault;
import dev.abendkasse.server.bank.csv.StatementReading.Faulty;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Reads statements as banks export them: the separator and the header are found, what stands before the header is passed
 * over. Nothing in a cell is ever evaluated.
 */
public final class StatementReader {

    private static final List<Character> SEPARATORS = List.of(';', ',', '\t');
    private static final int ROWS_BEFORE_THE_HEADER = 30;
    private static final int MOST_CELLS = 100;
    private static final int LARGEST_CELL = 4000;
    private static final int LARGEST_ROW = 20_000;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final StatementFormat format;

    public StatementReader(StatementFormat format) {
        this.format = format;
    }

    public StatementReading read(byte[] file, Charset charset) {
        var bytes = ByteBuffer.wrap(file);
        try {
            var text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
            return read(text.isEmpty() || text.charAt(0) != BYTE_ORDER_MARK ? text : text.substring(1));
        } catch (CharacterCodingException e) {
            return new Faulty(List.of(Fault.inRow(rowAt(file, bytes.position()), "bank.fault.encoding")));
        }
    }

    private StatementReading read(String text) {
        return SEPARATORS.stream()
                .filter(separator -> headerIn(text, separator).isPresent())
                .findFirst()
                .map(separator -> read(text, separator))
                .orElseGet(() -> new Faulty(List.of(Fault.inRow(1, "bank.fault.header"))));
    }

    private StatementReading read(String text, char separator) {
        var header = headerIn(text, separator).orElseThrow();
        var rows = new RowReader(header.layout(), format);
        var row = 0;
        try {
            for (var records = records(text, separator); records.hasNext() && !rows.isFull(); ) {
                var cells = records.next().getFields();
                if (++row > header.row()) {
                    rows.read(row, cells);
                }
            }
        } catch (CsvParseException e) {
            return new Faulty(List.of(Fault.inRow(row + 1, "bank.fault.form")));
        }
        return rows.result();
    }

    private record Header(int row, Layout layout) {}

    private Optional<Header> headerIn(String text, char separator) {
        try {
            var records = records(text, separator);
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

    private static Iterator<CsvRecord> records(String text, char separator) {
        var cells = CsvRecordHandler.of(handler ->
                handler.maxFields(MOST_CELLS).maxFieldSize(LARGEST_CELL).maxRecordSize(LARGEST_ROW));
        return CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(false)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .build(cells, text)
                .iterator();
    }

    private static int rowAt(byte[] file, int position) {
        var row = 1;
        for (int i = 0; i < position; i++) {
            if (file[i] == '\n') {
                row++;
            }
        }
        return row;
    }
}
