package dev.abendkasse.server.csv;

/**
 * What cannot be read in a file.
 *
 * @param pointer a fragment as RFC 7111 has it; rows and columns count from 1, the rows before the header too
 * @param message the code of a message
 */
public record CsvFault(String pointer, String message) {

    public static CsvFault inRow(int row, String message) {
        return new CsvFault("#row=" + row, message);
    }

    public static CsvFault inCell(int row, int column, String message) {
        return new CsvFault("#cell=" + row + "," + column, message);
    }
}
