package dev.abendkasse.server.document;

import dev.abendkasse.server.shared.Money;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Writes amounts and times as the readers of a document do. */
public record Formats(Locale locale) {

    public String money(Money money) {
        return money.shownIn(locale);
    }

    /** @param pattern as of {@link DateTimeFormatter}, from the template's texts */
    public String time(TemporalAccessor time, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, locale).format(time);
    }
}
