package dev.abendkasse.server.bank.csv;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads amounts, dates and currencies as banks write them. */
final class Values {

    /** 1.234,56 and 1234,5 and 1.234: no money has three digits after its mark, so those are a group. */
    private static final Pattern GERMAN = Pattern.compile("[+-]?([0-9]{1,3}(\\.[0-9]{3})+|[0-9]{1,13})(,[0-9]{1,2})?");

    private static final Pattern ENGLISH = Pattern.compile("[+-]?([0-9]{1,3}(,[0-9]{3})+|[0-9]{1,13})(\\.[0-9]{1,2})?");
    private static final Pattern SPACE_OR_CURRENCY = Pattern.compile("[\\s\\u00A0\\u202F€]|EUR");
    private static final Pattern DAY_FIRST = Pattern.compile("([0-9]{1,2})\\.([0-9]{1,2})\\.([0-9]{4}|[0-9]{2})");
    private static final Pattern YEAR_FIRST = Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})");
    private static final Pattern CODE = Pattern.compile("[A-Z]{3}");

    private static final int LONGEST = 40;
    private static final int CENTURY = 2000;
    private static final int LAST_YEAR = 2099;
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000_000L);

    private Values() {}

    /** In minor units. */
    static Optional<Long> amount(String cell, Currency currency) {
        var text = cell.length() > LONGEST
                ? ""
                : SPACE_OR_CURRENCY.matcher(cell).replaceAll("").replace('\u2212', '-');
        if (GERMAN.matcher(text).matches()) {
            return minorUnits(text.replace(".", "").replace(',', '.'), currency);
        }
        return ENGLISH.matcher(text).matches() ? minorUnits(text.replace(",", ""), currency) : Optional.empty();
    }

    static Optional<LocalDate> date(String cell) {
        var dayFirst = DAY_FIRST.matcher(cell.strip());
        if (dayFirst.matches()) {
            var year = Integer.parseInt(dayFirst.group(3));
            return date(year < 100 ? CENTURY + year : year, dayFirst.group(2), dayFirst.group(1));
        }
        var yearFirst = YEAR_FIRST.matcher(cell.strip());
        return yearFirst.matches()
                ? date(Integer.parseInt(yearFirst.group(1)), yearFirst.group(2), yearFirst.group(3))
                : Optional.empty();
    }

    static Optional<Currency> currency(String cell) {
        try {
            return CODE.matcher(cell.strip()).matches()
                    ? Optional.of(Currency.getInstance(cell.strip()))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> minorUnits(String decimal, Currency currency) {
        try {
            var minor = new BigDecimal(decimal).movePointRight(currency.getDefaultFractionDigits());
            return minor.abs().compareTo(MOST) > 0 ? Optional.empty() : Optional.of(minor.longValueExact());
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDate> date(int year, String month, String day) {
        try {
            return year < CENTURY || year > LAST_YEAR
                    ? Optional.empty()
                    : Optional.of(LocalDate.of(year, Integer.parseInt(month), Integer.parseInt(day)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
