package dev.abendkasse.server.migration.formershop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;

/**
 * How the former shop writes its file.
 *
 * @param delimiter of CSV
 * @param byteOrderMark whether the file begins with one
 */
public record Style(Form form, Charset charset, char delimiter, boolean byteOrderMark) {

    public enum Form {
        CSV,
        NDJSON
    }

    public static Style csv() {
        return new Style(Form.CSV, UTF_8, ',', false);
    }

    /** As a German spreadsheet saves it. */
    public static Style windowsCsv() {
        return new Style(Form.CSV, Charset.forName("windows-1252"), ';', false);
    }

    public static Style csvWithByteOrderMark() {
        return new Style(Form.CSV, UTF_8, ';', true);
    }

    public static Style ndjson() {
        return new Style(Form.NDJSON, UTF_8, ',', false);
    }

    boolean canWrite(String text) {
        return charset.equals(UTF_8) || charset.newEncoder().canEncode(text);
    }
}
