package dev.abendkasse.server.migration.formershop;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What the former shop hands over. */
public final class ExportFile {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String HALF = "@half@";

    private final FormerShop shop;

    ExportFile(FormerShop shop) {
        this.shop = shop;
    }

    /** Writes it from the beginning, row by row, and leaves the stream open. */
    public void writeTo(OutputStream out) throws IOException {
        var encoder = shop.style().charset().newEncoder();
        var writer = new BufferedWriter(new OutputStreamWriter(out, encoder));
        if (shop.style().byteOrderMark()) {
            writer.write('\uFEFF');
        }
        switch (shop.style().form()) {
            case CSV -> writeCsv(writer);
            case NDJSON -> writeJson(writer);
        }
        writer.flush();
    }

    private void writeCsv(Writer writer) {
        var csv = CsvWriter.builder()
                .fieldSeparator(shop.style().delimiter())
                .lineDelimiter(LineDelimiter.CRLF)
                .bufferSize(0)
                .build(writer);
        csv.writeRecord(Arrays.stream(Column.values()).map(Column::title).toList());
        shop.rows().forEach(row -> csv.writeRecord(cells(row)));
    }

    private static List<String> cells(FormerRow row) {
        var cells = new ArrayList<String>();
        for (var column : Column.values()) {
            cells.add(row.cells().getOrDefault(column, ""));
        }
        if (row.damage() == Damage.CELL_TOO_MANY) {
            cells.add("and more");
        } else if (row.damage() == Damage.LAST_CELL_MISSING) {
            cells.removeLast();
        }
        return cells;
    }

    private void writeJson(Writer writer) throws IOException {
        for (var row : (Iterable<FormerRow>) shop.rows()::iterator) {
            writer.write(line(row));
            writer.write('\n');
        }
    }

    private static String line(FormerRow row) {
        var json = JSON.writeValueAsString(members(row));
        return switch (row.damage()) {
            case CUT_OFF -> json.substring(0, json.length() / 2);
            case HALF_A_CHARACTER -> json.replace(HALF, "\\ud83c");
            case null, default -> json;
        };
    }

    private static Map<String, Object> members(FormerRow row) {
        var members = new TreeMap<String, Object>();
        row.cells().forEach((column, text) -> members.put(column.title(), value(column, text)));
        addDamage(members, row.damage());
        return members;
    }

    private static void addDamage(Map<String, Object> members, @Nullable Damage damage) {
        switch (damage) {
            case UNKNOWN_MEMBER -> members.put("favouriteColour", "red");
            case OBJECT_FOR_NAME -> members.put(Column.NAME.title(), Map.of("first", "Anna"));
            case HALF_A_CHARACTER -> members.put(Column.NAME.title(), "Anna " + HALF);
            case null, default -> {}
        }
    }

    /** Numbers and truths as such where they are some. */
    private static Object value(Column column, String text) {
        if (column == Column.CREDIT_LIMIT && text.matches("-?[0-9]{1,18}")) {
            return Long.valueOf(text);
        }
        return column == Column.LOCKED && text.matches("true|false") ? (Object) Boolean.valueOf(text) : text;
    }
}
