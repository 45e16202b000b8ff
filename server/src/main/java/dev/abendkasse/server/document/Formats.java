package dev.abendkasse.server.document;

import dev.abendkasse.server.shared.Money;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Writes amounts and times as the readers of a document do. */
public record Formats(Locale locale) {

    public String money(Money money) {
        var currency = money.currency();
        var format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(currency);
        format.setMinimumFractionDigits(currency.getDefaultFractionDigits());
        format.setMaximumFractionDigits(currency.getDefaultFractionDigits());
        return format.format(BigDecimal.valueOf(money.amount(), currency.getDefaultFractionDigits()));
    }

    /** @param pattern as of {@link DateTimeFormatter}, from the template's texts */
    public String time(TemporalAccessor time, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, locale).format(time);
    }
}
