package dev.abendkasse.server.gate.domain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;

/**
 * Which changes of tickets somebody has seen.
 *
 * @param number the last one of them
 */
public record ChangeCursor(long number) {

    public static final ChangeCursor NONE = new ChangeCursor(0);

    /** A text that means nothing to clients. */
    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.valueOf(number).getBytes(US_ASCII));
    }

    /** @throws IllegalArgumentException if this never was a cursor's text */
    public static ChangeCursor parse(String text) {
        var number = Long.parseLong(new String(Base64.getUrlDecoder().decode(text), US_ASCII));
        if (number < 0) {
            throw new IllegalArgumentException("Not a cursor");
        }
        return new ChangeCursor(number);
    }
}
