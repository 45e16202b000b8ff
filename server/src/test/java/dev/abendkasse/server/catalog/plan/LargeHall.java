package dev.abendkasse.server.catalog.plan;

import java.util.StringJoiner;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A hall of 20,000 seats as a seating plan's document, for tests of speed. */
public final class LargeHall {

    public static final int BLOCKS = 10;
    public static final int ROWS = 40;
    public static final int SEATS_PER_ROW = 50;
    public static final int SEATS = BLOCKS * ROWS * SEATS_PER_ROW;

    private static final String[] CATEGORIES = {"Kategorie A", "Kategorie B", "Kategorie C", "Kategorie D"};

    private LargeHall() {}

    /** Seat ids are {@code block-row-seat}, each counted from 1. */
    public static String json() {
        return "{\"name\": \"Arena\", \"size\": {\"width\": 3000, \"height\": 4000},\n\"categories\": ["
                + list(0, CATEGORIES.length, LargeHall::category)
                + "],\n\"zones\": ["
                + list(1, BLOCKS + 1, LargeHall::block)
                + "]}";
    }

    private static String category(int index) {
        return """
                {"name": "%s", "color": "#%d0%d0%d0"}""".formatted(CATEGORIES[index], index + 2, index + 4, index + 1);
    }

    private static String block(int block) {
        int x = 100 + 1400 * ((block - 1) % 2);
        int y = 100 + 700 * ((block - 1) / 2);
        var rows = list(1, ROWS + 1, row -> row(block, row));
        return """
                {"name": "Block %d", "position": {"x": %d, "y": %d}, "rows": [
                %s]}""".formatted(block, x, y, rows);
    }

    private static String row(int block, int row) {
        var seats = list(1, SEATS_PER_ROW + 1, seat -> seat(block, row, seat));
        return """
                {"row_number": "%d", "row_number_position": "both", "position": {"x": 0, "y": %d},
                "seats": [%s]}""".formatted(row, row * 15, seats);
    }

    /** An aisle in the middle of each row. */
    private static String seat(int block, int row, int seat) {
        int x = seat * 20 + (seat > SEATS_PER_ROW / 2 ? 40 : 0);
        var category = CATEGORIES[(row - 1) * CATEGORIES.length / ROWS];
        return """
                {"seat_guid": "%d-%d-%d", "seat_number": "%d",
                "position": {"x": %d, "y": 0}, "category": "%s"}""".formatted(block, row, seat, seat, x, category);
    }

    private static String list(int from, int to, IntFunction<String> element) {
        var list = new StringJoiner(",\n");
        IntStream.range(from, to).mapToObj(element).forEach(list::add);
        return list.toString();
    }
}
