package dev.abendkasse.server.bank.csv;

import dev.abendkasse.server.bank.domain.Credit;
import dev.abendkasse.server.csv.CsvFault;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the rows under a header, one after the other, and collects what is in them and what is wrong with them. */
final class RowReader {

    private static final int LONGEST_CELL = 1000;
    private static final int MOST_CREDITS = 5000;
    private static final int MOST_FAULTS = 100;
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}\\u00A0]+");

    private final Layout layout;
    private final StatementFormat format;
    private final List<Credit> credits = new ArrayList<>();
    private final List<CsvFault> faults = new ArrayList<>();
    private int passedOver;

    RowReader(Layout layout, StatementFormat format) {
        this.layout = layout;
        this.format = format;
    }

    StatementReading result() {
        return faults.isEmpty()
                ? new StatementReading.Read(List.copyOf(credits), passedOver)
                : new StatementReading.Faulty(List.copyOf(faults));
    }

    boolean isFull() {
        return faults.size() >= MOST_FAULTS || credits.size() > MOST_CREDITS;
    }

    void read(int row, List<String> cells) {
        if (cells.stream().allMatch(String::isBlank) || format.isFooter(cells.getFirst())) {
            return;
        }
        if (cells.size() < layout.width()) {
            faults.add(CsvFault.inRow(row, "bank.fault.too-short"));
        } else if (format.isAnnounced(cell(cells, layout.status()))) {
            passedOver++;
        } else {
            readTransaction(row, cells);
        }
    }

    private void readTransaction(int row, List<String> cells) {
        var currency = currency(row, cells);
        var amount = currency == null ? null : amount(row, cells, currency);
        if (currency == null || amount == null) {
            return;
        }
        if (amount <= 0) {
            passedOver++;
            return;
        }
        readCredit(row, cells, amount, currency);
    }

    private void readCredit(int row, List<String> cells, long amount, Currency currency) {
        var first = firstDate(cells);
        var bookedOn = date(row, cells, first);
        // A transaction with only one date has the other on the same day.
        var valueOn = first == layout.valueOn() || !hasValueDate(cells) ? bookedOn : date(row, cells, layout.valueOn());
        var text = layout.text().stream()
                .map(column -> text(row, cells, column))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        if (credits.size() == MOST_CREDITS) {
            faults.add(CsvFault.inRow(row, "bank.fault.too-many"));
        }
        if (bookedOn != null && valueOn != null) {
            credits.add(new Credit(
                    row,
                    bookedOn,
                    valueOn,
                    amount,
                    currency.getCurrencyCode(),
                    text(row, cells, layout.account()),
                    text,
                    text(row, cells, layout.payer()),
                    text(row, cells, layout.payerAccount())));
        }
    }

    private @Nullable Currency currency(int row, List<String> cells) {
        var cell = cell(cells, layout.currency());
        return cell.isBlank() ? format.currency() : value(row, layout.currency(), cell, Values::currency, "currency");
    }

    /** Signed; a debit that has a column of its own counts as less than nothing. */
    private @Nullable Long amount(int row, List<String> cells, Currency currency) {
        var signed = cell(cells, layout.amount());
        if (!signed.isBlank()) {
            return value(row, layout.amount(), signed, cell -> Values.amount(cell, currency), "amount");
        }
        var credit = cell(cells, layout.credit());
        if (!credit.isBlank()) {
            return value(row, layout.credit(), credit, cell -> Values.amount(cell, currency), "amount");
        }
        if (!cell(cells, layout.debit()).isBlank()) {
            return -1L;
        }
        faults.add(CsvFault.inCell(row, Math.max(layout.amount(), layout.credit()) + 1, "bank.fault.amount"));
        return null;
    }

    /** Where the first date is; where there is none it is missed at the place of the booking's. */
    private int firstDate(List<String> cells) {
        return layout.bookedOn() < 0 || (cell(cells, layout.bookedOn()).isBlank() && hasValueDate(cells))
                ? layout.valueOn()
                : layout.bookedOn();
    }

    private boolean hasValueDate(List<String> cells) {
        return !cell(cells, layout.valueOn()).isBlank();
    }

    private @Nullable LocalDate date(int row, List<String> cells, int column) {
        return value(row, column, cell(cells, column), Values::date, "date");
    }

    private <T> @Nullable T value(int row, int column, String cell, Function<String, Optional<T>> read, String what) {
        var value = read.apply(cell).orElse(null);
        if (value == null) {
            faults.add(CsvFault.inCell(row, column + 1, "bank.fault." + what));
        }
        return value;
    }

    /** On one line and without characters that steer anything. */
    private String text(int row, List<String> cells, int column) {
        var cell = cell(cells, column);
        if (cell.length() > LONGEST_CELL) {
            faults.add(CsvFault.inCell(row, column + 1, "bank.fault.too-long"));
            return "";
        }
        return BLANKS.matcher(cell).replaceAll(" ").strip();
    }

    private static String cell(List<String> cells, int column) {
        return column < 0 || column >= cells.size() ? "" : cells.get(column);
    }
}
