package dev.abendkasse.server.migration.formershop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Files of which nothing may be taken, however much of them could be read. */
public enum BrokenFile {
    EMPTY(Style.csv(), 1, 0, out -> {}),
    HEADER_MISSING(Style.csv(), 1, 1, out -> write(out, row(1))),
    HEADER_TWICE_THE_SAME(Style.csv(), 1, 25, out -> write(out, header() + ",email\r\n" + row(1))),
    COLUMN_UNKNOWN(Style.csv(), 1, 25, out -> write(out, header() + ",favouriteColour\r\n" + row(1))),
    NUMBERS_MISSING(Style.csv(), 1, 0, out -> write(out, "email,name\r\nanna@example.org,Anna Berg\r\n")),
    DELIMITER_ANOTHER(Style.csv(), 1, 1, out -> write(out, header().replace(',', ';') + "\r\n" + row(1))),
    QUOTE_LEFT_OPEN(
            Style.csv(), 502, 4, out -> write(out, sound() + "K-x,x@example.org,,\"Anna Berg,,,,,,\r\n" + rows(1_000))),
    QUOTE_LEFT_OPEN_IN_LAST_CELL(Style.csv(), 502, 4, out -> write(out, sound() + "K-x,x@example.org,,\"Anna")),
    LINE_ENDLESS(Style.csv(), 502, 4, out -> {
        write(out, sound() + "K-x,x@example.org,,");
        endless(out, 'a');
    }),
    CELLS_ENDLESS(Style.csv(), 502, 0, out -> {
        write(out, sound() + "K-x,x@example.org");
        endless(out, ',');
    }),
    QUOTED_ENDLESS(Style.csv(), 502, 4, out -> {
        write(out, sound() + "K-x,x@example.org,,\"");
        endless(out, '\n');
    }),
    OBJECT_ENDLESS(Style.ndjson(), 2, 0, out -> {
        write(out, "{\"customerNumber\":\"K-1\",\"email\":\"a@example.org\",\"name\":\"Anna\"}\n{\"name\":\"");
        endless(out, 'a');
    }),
    LATIN_SAID_TO_BE_UTF_8(Style.csv(), 502, 4, out -> {
        write(out, sound());
        out.write("K-x,x@example.org,,Jörg Berg,,\r\n".getBytes(ISO_8859_1));
    }),
    CHARACTER_CUT_OFF(Style.csv(), 502, 4, out -> {
        write(out, sound() + "K-x,x@example.org,,J");
        out.write(0xc3);
    }),
    NO_CHARACTER_OF_WINDOWS(Style.windowsCsv(), 2, 4, out -> {
        write(out, header().replace(',', ';') + "\r\nK-x;x@example.org;;J");
        out.write(0x81);
        write(out, "rg Berg\r\n");
    }),
    WIDE_CHARACTERS(Style.csv(), 1, 0, out -> out.write((header() + "\r\n" + row(1)).getBytes(UTF_16))),
    LATIN_IN_NDJSON(
            Style.ndjson(),
            1,
            0,
            out -> out.write("{\"customerNumber\":\"K-1\",\"email\":\"a@example.org\",\"name\":\"Jörg\"}\n"
                    .getBytes(ISO_8859_1))),

    /** A hundred megabytes that look like rows, in a few hundred kilobytes. */
    ZIPPED_BOMB(
            Style.csv(),
            true,
            out -> zip(out, zipped -> {
                write(zipped, sound());
                var again = row(1).repeat(16_000);
                for (int i = 0; i < 100; i++) {
                    write(zipped, again);
                }
            })),
    ZIPPED_IS_CUT_OFF(Style.csv(), true, out -> out.write(cut(zippedRows(), 20))),
    ZIPPED_IS_DAMAGED(Style.csv(), true, out -> out.write(damaged(zippedRows()))),
    ZIPPED_SUM_IS_WRONG(Style.csv(), true, out -> out.write(withWrongSum(zippedRows()))),
    ZIPPED_ONLY_BY_NAME(Style.csv(), true, out -> write(out, header() + "\r\n" + row(1)));

    /** So much is never taken as one line, and few computers mind sending it. */
    private static final int ENDLESS = 64 << 20;

    private final Style style;
    private final boolean zipped;
    private final int row;
    private final int column;
    private final Content content;

    BrokenFile(Style style, int row, int column, Content content) {
        this.style = style;
        this.zipped = false;
        this.row = row;
        this.column = column;
        this.content = content;
    }

    BrokenFile(Style style, boolean zipped, Content content) {
        this.style = style;
        this.zipped = zipped;
        this.row = 0;
        this.column = 0;
        this.content = content;
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** What its sender says it is. */
    public Style style() {
        return style;
    }

    /** Whether its sender says that it is gzip. */
    public boolean isZipped() {
        return zipped;
    }

    /** Where the fault is, the header being row 1. 0: in no row that could be named. */
    public int row() {
        return row;
    }

    /** Counted from 1. 0: in no column that could be named. */
    public int column() {
        return column;
    }

    /** Fails when the reader has had enough of it. */
    public void writeTo(OutputStream out) throws IOException {
        content.writeTo(out);
    }

    private static String header() {
        return Arrays.stream(Column.values()).map(Column::title).collect(Collectors.joining(","));
    }

    private static String row(int number) {
        return "K-" + number + ",customer." + number + "@example.org,,Anna Berg"
                + ",".repeat(Column.values().length - 4) + "\r\n";
    }

    private static String rows(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(BrokenFile::row).collect(Collectors.joining());
    }

    /** The header and 500 rows to which nobody could object. */
    private static String sound() {
        return header() + "\r\n" + rows(500);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
    }

    private static void endless(OutputStream out, char character) throws IOException {
        var piece = String.valueOf(character).repeat(1 << 16).getBytes(UTF_8);
        for (int sent = 0; sent < ENDLESS; sent += piece.length) {
            out.write(piece);
        }
    }

    private static void zip(OutputStream out, Content content) throws IOException {
        var zipped = new GZIPOutputStream(out);
        content.writeTo(zipped);
        zipped.finish();
    }

    private static byte[] zippedRows() throws IOException {
        var bytes = new ByteArrayOutputStream();
        zip(bytes, zipped -> write(zipped, sound()));
        return bytes.toByteArray();
    }

    private static byte[] cut(byte[] bytes, int missing) {
        return Arrays.copyOf(bytes, bytes.length - missing);
    }

    /** In the middle of what is packed. */
    private static byte[] damaged(byte[] bytes) {
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 8, (byte) 0xff);
        return bytes;
    }

    /** The sum is in the eight bytes at the end. */
    private static byte[] withWrongSum(byte[] bytes) {
        bytes[bytes.length - 8] ^= 1;
        return bytes;
    }
}
