package dev.abendkasse.server.migration.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rows of NDJSON: an object a line. */
final class JsonRows implements Iterator<FileRow> {

    private static final int LONGEST_LINE = 60_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final BufferedReader text;
    private long number;
    private @Nullable String line;

    JsonRows(Reader text) {
        this.text = new BufferedReader(text);
    }

    @Override
    public boolean hasNext() {
        while (line == null || line.isBlank()) {
            line = readLine();
            if (line == null) {
                return false;
            }
        }
        return true;
    }

    @Override
    public FileRow next() {
        if (!hasNext() || line == null) {
            throw new NoSuchElementException();
        }
        var json = line;
        line = null;
        number++;
        return row(json);
    }

    private FileRow row(String json) {
        try {
            var row = JSON.readTree(json);
            return row.isObject() ? row(row) : new FileRow(number, Map.of(), "NOT_JSON", null);
        } catch (JacksonException e) {
            return new FileRow(number, Map.of(), "NOT_JSON", null);
        }
    }

    private FileRow row(JsonNode row) {
        var cells = new HashMap<String, String>();
        String fault = null;
        String column = null;
        for (var member : row.properties()) {
            var value = member.getValue();
            if (!ImportColumns.ALL.contains(member.getKey())) {
                fault = "UNKNOWN_MEMBER";
            } else if (value.isContainer()) {
                fault = "VALUE_MALFORMED";
                column = member.getKey();
            } else if (!value.isNull() && !value.asString().isEmpty()) {
                cells.put(member.getKey(), value.asString());
            }
        }
        return new FileRow(number, cells, fault, column);
    }

    /** Null at the end. */
    private @Nullable String readLine() {
        try {
            var read = new StringBuilder();
            int character = text.read();
            if (character < 0) {
                return null;
            }
            for (; character >= 0 && character != '\n'; character = text.read()) {
                if (read.length() == LONGEST_LINE) {
                    throw Faults.inRow(number + 1, "import.fault.line");
                }
                read.append((char) character);
            }
            return read.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
