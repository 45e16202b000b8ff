package dev.abendkasse.server.bank.csv;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where in a row what stands, by the header. A column that is not there is -1.
 *
 * @param width how many cells a row needs
 */
record Layout(
        int account,
        int bookedOn,
        int valueOn,
        int amount,
        int credit,
        int debit,
        int currency,
        int payer,
        int payerAccount,
        List<Integer> text,
        int status,
        int width) {

    private static final int NONE = -1;

    /** Empty where this row is no header: that has at least a date, an amount and a text. */
    static Optional<Layout> of(List<String> row, Columns columns) {
        var names = row.stream().map(Layout::plain).toList();
        var layout = new Layout(
                first(names, columns.account()),
                first(names, columns.bookedOn()),
                first(names, columns.valueOn()),
                first(names, columns.amount()),
                first(names, columns.credit()),
                first(names, columns.debit()),
                lastOf(names, columns.currency()),
                first(names, columns.payer()),
                first(names, columns.payerAccount()),
                all(names, columns.text()),
                first(names, columns.status()),
                0);
        return layout.isHeader() ? Optional.of(layout.wideEnough()) : Optional.empty();
    }

    private boolean isHeader() {
        return Math.max(bookedOn, valueOn) != NONE && Math.max(amount, credit) != NONE && !text.isEmpty();
    }

    private Layout wideEnough() {
        var needed = Math.max(Math.max(bookedOn, valueOn), Math.max(amount, credit)) + 1;
        return new Layout(
                account, bookedOn, valueOn, amount, credit, debit, currency, payer, payerAccount, text, status, needed);
    }

    private static int first(List<String> names, List<String> wanted) {
        return wanted.stream()
                .mapToInt(name -> names.indexOf(plain(name)))
                .filter(found -> found != NONE)
                .findFirst()
                .orElse(NONE);
    }

    /** Some banks state the currency of the balance before that of the amount. */
    private static int lastOf(List<String> names, List<String> wanted) {
        return wanted.stream()
                .mapToInt(name -> names.lastIndexOf(plain(name)))
                .filter(found -> found != NONE)
                .findFirst()
                .orElse(NONE);
    }

    private static List<Integer> all(List<String> names, List<String> wanted) {
        return wanted.stream()
                .map(name -> names.indexOf(plain(name)))
                .filter(found -> found != NONE)
                .toList();
    }

    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).strip().toLowerCase(Locale.ROOT);
    }
}
