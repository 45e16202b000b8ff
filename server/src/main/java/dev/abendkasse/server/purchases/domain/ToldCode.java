package dev.abendkasse.server.purchases.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A pick-up code as somebody has heard or typed it. */
public final class ToldCode {

    private static final Pattern CODE = Pattern.compile("[0-9A-HJKMNP-TV-Z]{6}");

    private ToldCode() {}

    /** The code that is meant: letters that look like digits are digits. Empty when there can be no such code. */
    public static Optional<String> read(String told) {
        var code = told.toUpperCase(Locale.ROOT)
                .replaceAll("[ -]", "")
                .replace('O', '0')
                .replaceAll("[IL]", "1");
        return Optional.of(code).filter(one -> CODE.matcher(one).matches());
    }
}
