package dev.abendkasse.server.bank.domain;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The numbers in what a payer wrote that may be those of orders and invoices. Banks break texts at odd places, so the text is
 * read once as it is and once without its blanks. Whether there are such orders is for the database to say.
 */
public record References(List<Long> orderNumbers, List<String> invoiceNumbers) {

    private static final int MOST = 20;

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern ORDER = Pattern.compile("(?<![0-9])[0-9]{6,18}(?![0-9])");

    /** With its R, or at least with the mark between year and number. */
    private static final Pattern INVOICE = Pattern.compile(
            "(?<![A-Z0-9])R[-./ ]{0,3}(20[0-9]{2})[-./ ]{0,3}([0-9]{6,9})(?![0-9])", Pattern.CASE_INSENSITIVE);

    private static final Pattern BARE_INVOICE =
            Pattern.compile("(?<![0-9])(20[0-9]{2})[-./ ]{1,3}([0-9]{6,9})(?![0-9])");

    public static References in(String text) {
        var squeezed = BLANKS.matcher(text).replaceAll("");
        var invoices = new LinkedHashSet<String>();
        addInvoices(INVOICE, text, invoices);
        addInvoices(INVOICE, squeezed, invoices);
        addInvoices(BARE_INVOICE, text, invoices);
        var orders = new LinkedHashSet<Long>();
        addOrders(text, orders);
        addOrders(squeezed, orders);
        return new References(
                orders.stream().limit(MOST).toList(),
                invoices.stream().limit(MOST).toList());
    }

    private static void addInvoices(Pattern pattern, String text, Set<String> found) {
        var matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add("R-" + matcher.group(1) + "-" + matcher.group(2));
        }
    }

    /** The digits of an invoice's number are not an order's. */
    private static void addOrders(String text, Set<Long> found) {
        ORDER.matcher(INVOICE.matcher(text).replaceAll(" "))
                .results()
                .forEach(number -> found.add(Long.valueOf(number.group())));
    }
}
