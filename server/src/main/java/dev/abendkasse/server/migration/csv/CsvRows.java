package dev.abendkasse.server.migration.csv;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.Reader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Rows of CSV under a header. */
final class CsvRows implements Iterator<FileRow> {

    private final CsvCursor cursor;
    private final List<String> header;
    private final Iterator<CsvRecord> records;
    private long number;

    private CsvRows(CsvCursor cursor, List<String> header, Iterator<CsvRecord> records) {
        this.cursor = cursor;
        this.header = header;
        this.records = records;
    }

    static CsvRows of(Reader text, char delimiter) {
        var cursor = new CsvCursor(text, delimiter);
        var cells = CsvRecordHandler.of(handler -> handler.maxFields(CsvCursor.MOST_CELLS)
                .maxFieldSize(CsvCursor.LARGEST_CELL)
                .maxRecordSize(CsvCursor.LARGEST_ROW));
        var records = CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .build(cells, cursor)
                .iterator();
        if (!records.hasNext()) {
            throw Faults.inRow(1, "import.fault.header");
        }
        return new CsvRows(cursor, checked(records.next().getFields()), records);
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
        if (!more && cursor.isQuoted()) {
            throw cursor.fault("csv.fault.form");
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
}
