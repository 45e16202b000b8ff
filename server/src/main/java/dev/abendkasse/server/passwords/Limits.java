package dev.abendkasse.server.passwords;

import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a hash may cost, so that a row of a table is no weapon. One check is to stay below a second. */
final class Limits {

    static final int BCRYPT_COST = 13;
    static final int PORTABLE_LOG_ROUNDS = 18;
    static final int CRYPT_ROUNDS = 656_000;
    static final int DIGEST_ROUNDS = 100_000;
    static final int PBKDF2_ROUNDS = 1_200_000;
    static final int ARGON2_KIBIBYTES = 128 * 1024;
    static final int ARGON2_KIBIBYTES_IN_ALL_PASSES = 256 * 1024;
    static final int ARGON2_LANES = 16;
    static final int SCRYPT_BYTES = 64 * 1024 * 1024;
    static final int SCRYPT_WORK = 1 << 20;

    /** What the rounds digest anew is the password too, which may have 16 KB. */
    private static final long DIGESTED_BYTES = 128L << 20;

    private static final int BYTES_BESIDES = 64;
    private static final int MOST_DIGITS = 9;
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private static final byte[] NOTHING = {};

    private Limits() {}

    /** A number from 1 on. */
    static int number(String text, int most) {
        if (!NUMBER.matcher(text).matches()) {
            throw RefusedHash.malformed();
        }
        var number = text.length() > MOST_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(text);
        return bounded(number, most);
    }

    static int bounded(long number, long most) {
        if (number < 1) {
            throw RefusedHash.malformed();
        }
        if (number > most) {
            throw new RefusedHash(HashRefusal.TOO_COSTLY);
        }
        return (int) number;
    }

    /** The same steps, but for passwords so long that the rounds would take too long: nobody's, and never right. */
    static Steps bounded(int rounds, Steps steps) {
        return password ->
                (long) rounds * (password.length + BYTES_BESIDES) > DIGESTED_BYTES ? NOTHING : steps.of(password);
    }

    static MatchResult matched(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw RefusedHash.malformed();
        }
        return matcher.toMatchResult();
    }

    /** Between so many bytes, with or without padding. */
    static byte[] base64(String text, int least, int most) {
        try {
            return sized(Base64.getDecoder().decode(text), least, most);
        } catch (IllegalArgumentException e) {
            throw RefusedHash.malformed();
        }
    }

    static byte[] sized(byte[] bytes, int least, int most) {
        if (bytes.length < least || bytes.length > most) {
            throw RefusedHash.malformed();
        }
        return bytes;
    }
}
