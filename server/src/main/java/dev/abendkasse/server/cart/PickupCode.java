package dev.abendkasse.server.cart;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Pattern;

/** Six characters of Crockford's Base32 (no I, L, O, U), to be read out on the phone: a billion of them. */
public final class PickupCode {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 6;
    private static final Pattern SEPARATORS = Pattern.compile("[ -]");
    private static final SecureRandom RANDOM = new SecureRandom();

    private PickupCode() {}

    public static String next() {
        var code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    /** The code in what somebody heard and typed: letters that look like digits are those. */
    public static String asTold(String text) {
        return SEPARATORS
                .matcher(text)
                .replaceAll("")
                .toUpperCase(Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
    }
}
