package dev.abendkasse.server.blacklist.csv;

/**
 * What spreadsheets would take for a formula is written with an apostrophe before it ({@link
 * dev.abendkasse.server.csv.CsvLine}), and read without.
 */
final class Formulas {

    private static final String STARTS = "=+-@\t\r";

    private Formulas() {}

    static String restore(String cell) {
        return cell.length() > 1 && cell.charAt(0) == '\'' && STARTS.indexOf(cell.charAt(1)) >= 0
                ? cell.substring(1)
                : cell;
    }
}
