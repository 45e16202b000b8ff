package dev.abendkasse.server.migration.csv;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Rows of CSV under a header. */
final class CsvRows implements Iterator<FileRow> {

    private static final int MOST_CELLS = 100;
    private static final int LARGEST_CELL = 10_000;
    private static final int LARGEST_ROW = 60_000;

    private final Quotes quotes;
    private final List<String> header;
    private final Iterator<CsvRecord> records;
    private long number;

    private CsvRows(Quotes quotes, List<String> header, Iterator<CsvRecord> records) {
        this.quotes = quotes;
        this.header = header;
        this.records = records;
    }

    static CsvRows of(Reader text, char delimiter) {
        var quotes = new Quotes(text);
        var cells = CsvRecordHandler.of(handler ->
                handler.maxFields(MOST_CELLS).maxFieldSize(LARGEST_CELL).maxRecordSize(LARGEST_ROW));
        var records = CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .build(cells, quotes)
                .iterator();
        if (!records.hasNext()) {
            throw Faults.inRow(1, "import.fault.header");
        }
        return new CsvRows(quotes, checked(records.next().getFields()), records);
    }

    private static List<String> checked(List<String> header) {
        var seen = new HashSet<String>();
        for (int i = 0; i < header.size(); i++) {
            if (!ImportColumns.ALL.contains(header.get(i).strip())) {
                throw Faults.inCell(1, i + 1, "import.fault.column");
            }
            if (!seen.add(header.get(i).strip())) {
                throw Faults.inCell(1, i + 1, "import.fault.column-twice");
            }
        }
        if (!seen.contains("customerNumber") || !seen.contains("email")) {
            throw Faults.inRow(1, "import.fault.column-missing");
        }
        return header.stream().map(String::strip).toList();
    }

    @Override
    public boolean hasNext() {
        var more = records.hasNext();
        if (!more && quotes.open) {
            throw Faults.inRow(number + 1, "csv.fault.form");
        }
        return more;
    }

    @Override
    public FileRow next() {
        var fields = records.next().getFields();
        number++;
        var cells = cells(fields);
        return fields.size() == header.size()
                ? FileRow.sound(number, cells)
                : new FileRow(number, cells, "WRONG_CELL_COUNT", null);
    }

    private Map<String, String> cells(List<String> fields) {
        var cells = new HashMap<String, String>();
        for (int i = 0; i < Math.min(fields.size(), header.size()); i++) {
            if (!fields.get(i).isEmpty()) {
                cells.put(header.get(i), fields.get(i));
            }
        }
        return cells;
    }

    /** Knows at the end whether a quote was left open, which the parser lets pass. */
    private static final class Quotes extends FilterReader {

        private boolean open;

        Quotes(Reader text) {
            super(text);
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            for (int i = offset; i < offset + read; i++) {
                open ^= buffer[i] == '"';
            }
            return read;
        }
    }
}
