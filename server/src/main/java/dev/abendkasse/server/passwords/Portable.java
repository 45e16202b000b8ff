package dev.abendkasse.server.passwords;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.regex.Pattern;

/** The portable hashes of phpass (WordPress, phpBB, Drupal 6) and those that Drupal 7 made of them. */
final class Portable {

    private static final String ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int BITS = 6;

    private static final Pattern PHPASS =
            Pattern.compile("\\$[PH]\\$([./A-Za-z0-9])([./A-Za-z0-9]{8})([./A-Za-z0-9]{22})");
    private static final Pattern DRUPAL =
            Pattern.compile("(U?)\\$S\\$([./A-Za-z0-9])([./A-Za-z0-9]{8})([./A-Za-z0-9]{43})");

    private Portable() {}

    static Hash phpass(String text) {
        var form = Limits.matched(PHPASS, text);
        var steps = steps("MD5", form.group(1), form.group(2), form.group(3).length());
        return Hash.strong(form.group(3).getBytes(US_ASCII), steps);
    }

    /** With a U before it, it is the hash of an MD5 in hex, made when a Drupal 6 was brought along. */
    static Hash drupal(String text) {
        var form = Limits.matched(DRUPAL, text);
        var steps = steps("SHA-512", form.group(2), form.group(3), form.group(4).length());
        var expected = form.group(4).getBytes(US_ASCII);
        return form.group(1).isEmpty()
                ? Hash.strong(expected, steps)
                : Hash.strong(expected, password -> steps.of(Digests.hex(Digests.digest("MD5", password))));
    }

    private static Steps steps(String algorithm, String log, String salt, int length) {
        var rounds = 1 << Limits.bounded(ALPHABET.indexOf(log), Limits.PORTABLE_LOG_ROUNDS);
        var before = salt.getBytes(US_ASCII);
        return Limits.bounded(rounds, password -> {
            var digest = Digests.named(algorithm);
            digest.update(before);
            var hash = digest.digest(password);
            for (int i = 0; i < rounds; i++) {
                digest.update(hash);
                hash = digest.digest(password);
            }
            return encode(hash).substring(0, length).getBytes(US_ASCII);
        });
    }

    /** Six bits a character, the lowest first. */
    private static String encode(byte[] bytes) {
        var text = new StringBuilder();
        var held = 0;
        var bits = 0;
        for (byte next : bytes) {
            held |= Byte.toUnsignedInt(next) << bits;
            for (bits += Byte.SIZE; bits >= BITS; bits -= BITS) {
                text.append(ALPHABET.charAt(held & (1 << BITS) - 1));
                held >>>= BITS;
            }
        }
        return bits == 0 ? text.toString() : text.append(ALPHABET.charAt(held)).toString();
    }
}
