package dev.abendkasse.server.csv;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Iterator;

/** What an uploaded file says, and its rows. Nothing in a cell is ever evaluated. */
public sealed interface CsvText {

    /** As characters, without a byte order mark. */
    record Readable(String text) implements CsvText {

        private static final int MOST_CELLS = 100;
        private static final int LARGEST_CELL = 4000;
        private static final int LARGEST_ROW = 20_000;

        /**
         * The rows one after the other, empty ones too.
         *
         * @throws de.siegmar.fastcsv.reader.CsvParseException from the iterator, at a row that is none or too large
         */
        public Iterator<CsvRecord> rows(char separator) {
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
    }

    /** Not in the encoding that it is said to be in. */
    record Unreadable(CsvFault fault) implements CsvText {}

    char BYTE_ORDER_MARK = '\uFEFF';

    /** @param charset as its sender says */
    static CsvText of(byte[] file, Charset charset) {
        var bytes = ByteBuffer.wrap(file);
        try {
            var text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
            return new Readable(text.isEmpty() || text.charAt(0) != BYTE_ORDER_MARK ? text : text.substring(1));
        } catch (CharacterCodingException e) {
            return new Unreadable(CsvFault.inRow(rowAt(file, bytes.position()), "csv.fault.encoding"));
        }
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
