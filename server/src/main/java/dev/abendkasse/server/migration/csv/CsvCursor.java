package dev.abendkasse.server.migration.csv;

import dev.abendkasse.server.shared.problem.ProblemException;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;

/**
 * Knows in which cell of which row the text is that passes by, and ends it where it becomes no list of customers any more. Rows and cells
 * are counted as RFC 7111 does it, and as the parser does it: lines with nothing on them are no rows.
 */
final class CsvCursor extends FilterReader {

    static final int MOST_CELLS = 100;
    static final int LARGEST_CELL = 10_000;
    static final int LARGEST_ROW = 60_000;

    private final char delimiter;
    private boolean quoted;
    private long row = 1;
    private int column = 1;
    private int cellLength;
    private int rowLength;

    CsvCursor(Reader text, char delimiter) {
        super(text);
        this.delimiter = delimiter;
    }

    /** At the end of the text: whether a quote was left open, which the parser lets pass. */
    boolean isQuoted() {
        return quoted;
    }

    /** What is wrong where the text has come to. */
    ProblemException fault(String message) {
        return Faults.inCell(row, column, message);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int read = readable(buffer, offset, length);
        for (int i = offset; i < offset + read; i++) {
            pass(buffer[i]);
        }
        return read;
    }

    private int readable(char[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (CharacterCodingException e) {
            throw fault("csv.fault.encoding");
        }
    }

    private void pass(char character) {
        if (!quoted && (character == '\n' || character == '\r')) {
            row += rowLength == 0 ? 0 : 1;
            column = 1;
            cellLength = 0;
            rowLength = 0;
            return;
        }
        rowLength++;
        cellLength++;
        if (character == '"') {
            quoted = !quoted;
        } else if (!quoted && character == delimiter) {
            column++;
            cellLength = 0;
        }
        if (cellLength > LARGEST_CELL || rowLength > LARGEST_ROW || column > MOST_CELLS) {
            throw fault("csv.fault.form");
        }
    }
}
