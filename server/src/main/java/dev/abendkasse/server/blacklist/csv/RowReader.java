package dev.abendkasse.server.blacklist.csv;

import dev.abendkasse.server.blacklist.domain.BlacklistRow;
import dev.abendkasse.server.csv.CsvFault;
import dev.abendkasse.server.shared.EmailAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the rows under a header, one after the other, and collects what is in them and what is wrong with them. */
final class RowReader {

    private static final int MOST_ROWS = 2000;
    private static final int MOST_FAULTS = 100;
    private static final int LONGEST_REASON = 1000;
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final Map<Columns, Integer> places;
    private final Instant now;
    private final List<BlacklistRow> rows = new ArrayList<>();
    private final List<CsvFault> faults = new ArrayList<>();
    private int passedOver;
    private int count;

    private RowReader(Map<Columns, Integer> places, Instant now) {
        this.places = places;
        this.now = now;
    }

    /** Null when this is no header of such a file. */
    static @Nullable RowReader under(List<String> header, Instant now) {
        var places = new EnumMap<Columns, Integer>(Columns.class);
        for (var column : Columns.values()) {
            for (int place = 0; place < header.size(); place++) {
                if (header.get(place).strip().equalsIgnoreCase(column.title())) {
                    places.putIfAbsent(column, place);
                }
            }
        }
        var known = places.containsKey(Columns.EMAIL)
                || places.containsKey(Columns.CUSTOMER_ID)
                || places.containsKey(Columns.MATCH_KEY);
        return known && places.containsKey(Columns.REASON) ? new RowReader(places, now) : null;
    }

    BlacklistReading result() {
        return faults.isEmpty()
                ? new BlacklistReading.Read(List.copyOf(rows), passedOver)
                : new BlacklistReading.Faulty(List.copyOf(faults));
    }

    boolean isFull() {
        return faults.size() >= MOST_FAULTS || count > MOST_ROWS;
    }

    void read(int row, List<String> cells) {
        if (cells.stream().allMatch(String::isBlank)) {
            return;
        }
        if (++count > MOST_ROWS) {
            faults.add(CsvFault.inRow(row, "blacklist.fault.too-many"));
            return;
        }
        var endsAt = instant(row, cells);
        if (!cell(cells, Columns.LIFTED_AT).isEmpty() || (endsAt != null && !endsAt.isAfter(now))) {
            passedOver++;
            return;
        }
        readEntry(row, cells, endsAt);
    }

    private void readEntry(int row, List<String> cells, @Nullable Instant endsAt) {
        var customer = customer(row, cells);
        var email = email(row, cells);
        var key = key(row, cells);
        if (customer == null
                && email == null
                && key == null
                && cell(cells, Columns.CUSTOMER_ID).isEmpty()) {
            faults.add(CsvFault.inRow(row, "blacklist.fault.nobody"));
        }
        var reason = cell(cells, Columns.REASON);
        check(row, Columns.REASON, !reason.isEmpty() && reason.length() <= LONGEST_REASON, "reason");
        var evidence = EvidenceCell.read(cell(cells, Columns.EVIDENCE));
        check(
                row,
                Columns.EVIDENCE,
                evidence.size() <= EvidenceCell.MOST
                        && evidence.stream().allMatch(one -> one.text().length() <= EvidenceCell.LONGEST),
                "evidence");
        rows.add(new BlacklistRow(row, customer, email, email == null ? key : null, reason, evidence, endsAt));
    }

    private @Nullable UUID customer(int row, List<String> cells) {
        var cell = cell(cells, Columns.CUSTOMER_ID);
        try {
            return cell.isEmpty() ? null : UUID.fromString(cell);
        } catch (IllegalArgumentException e) {
            check(row, Columns.CUSTOMER_ID, false, "customer");
            return null;
        }
    }

    private @Nullable String email(int row, List<String> cells) {
        var cell = cell(cells, Columns.EMAIL);
        check(row, Columns.EMAIL, cell.isEmpty() || EmailAddress.parse(cell).isPresent(), "email");
        return cell.isEmpty() ? null : cell;
    }

    private @Nullable String key(int row, List<String> cells) {
        var cell = cell(cells, Columns.MATCH_KEY);
        check(row, Columns.MATCH_KEY, cell.isEmpty() || KEY.matcher(cell).matches(), "key");
        return cell.isEmpty() ? null : cell;
    }

    private @Nullable Instant instant(int row, List<String> cells) {
        var cell = cell(cells, Columns.ENDS_AT);
        try {
            var instant = cell.isEmpty() ? null : OffsetDateTime.parse(cell).toInstant();
            check(row, Columns.ENDS_AT, instant == null || !instant.isAfter(LATEST), "instant");
            return instant;
        } catch (DateTimeException e) {
            check(row, Columns.ENDS_AT, false, "instant");
            return null;
        }
    }

    private void check(int row, Columns column, boolean fulfilled, String what) {
        if (!fulfilled) {
            faults.add(CsvFault.inCell(row, places.getOrDefault(column, 0) + 1, "blacklist.fault." + what));
        }
    }

    /** Without blanks around it and without characters that the database does not take. */
    private String cell(List<String> cells, Columns column) {
        var place = places.get(column);
        return place == null || place >= cells.size()
                ? ""
                : Formulas.restore(cells.get(place).replace("\0", "")).strip();
    }
}
