package dev.abendkasse.server.letters.domain;

import dev.abendkasse.server.shared.Item.Price;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** Writes amounts and times as the readers of a language do. */
public final class LetterFormats {

    private final Locale region;
    private final DateTimeFormatter time;
    private final DateTimeFormatter zone;

    /** @param language English amounts and dates are those of Europe: the day before the month, 24 hours */
    public LetterFormats(Locale language) {
        region = language.getLanguage().equals("en") ? Locale.UK : Locale.GERMANY;
        time = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.SHORT)
                .withLocale(region);
        zone = DateTimeFormatter.ofPattern("zzz", region);
    }

    public String money(Price price) {
        return price.money().shownIn(region);
    }

    /** With the name of the zone, such as CET. */
    public String time(Instant instant, String timeZone) {
        var there = instant.atZone(ZoneId.of(timeZone));
        return time.format(there) + " " + zone.format(there);
    }
}
