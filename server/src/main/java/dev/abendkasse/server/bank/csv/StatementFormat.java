package dev.abendkasse.server.bank.csv;

import java.util.Currency;
import java.util.List;
import java.util.Locale;

/**
 * How statements are to be read.
 *
 * @param announced statuses that contain one of these are not booked yet
 * @param footers rows that begin with one of these are no transactions
 * @param currency of amounts that state none
 */
public record StatementFormat(Columns columns, List<String> announced, List<String> footers, Currency currency) {

    boolean isAnnounced(String status) {
        return announced.stream().anyMatch(word -> lower(status).contains(lower(word)));
    }

    boolean isFooter(String firstCell) {
        return footers.stream().anyMatch(word -> lower(firstCell).startsWith(lower(word)));
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
