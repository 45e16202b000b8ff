package dev.abendkasse.server.passwords;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A password as it is stored: {@code {id}} and a hash which says all that checking it takes. What cannot be read, is not in the
 * list or would cost too much is none.
 */
public final class StoredPassword {

    /** Longer than any hash that is read here. */
    static final int MOST_CHARACTERS = 1000;

    /** What Argon2id over a digest adds to the longest of them. */
    private static final int MOST_CHARACTERS_OVER = 200;

    private static final Pattern FORM = Pattern.compile("\\{([a-z0-9-]+)}(\\P{Cntrl}+)");
    private static final String OVER = "argon2-over-";
    private static final String TODAY = "{" + PasswordFormat.ARGON2.id() + "}" + Argon2.TODAY;

    private final String text;
    private final Hash hash;

    private StoredPassword(String text, Hash hash) {
        this.text = text;
        this.hash = hash;
    }

    /** Argon2id with the parameters of the day. Takes a while. */
    public static StoredPassword of(String password) {
        return parse("{" + PasswordFormat.ARGON2.id() + "}" + Argon2.encode(wellFormed(password)));
    }

    /** Empty when nobody could sign in with it. */
    public static Optional<StoredPassword> read(String text) {
        try {
            return Optional.of(parse(text));
        } catch (RefusedHash e) {
            return Optional.empty();
        }
    }

    /** @throws RefusedHash with the reason */
    static StoredPassword parse(String text) {
        if (text.length() > MOST_CHARACTERS + (text.startsWith("{" + OVER) ? MOST_CHARACTERS_OVER : 0)) {
            throw RefusedHash.malformed();
        }
        var form = Limits.matched(FORM, text);
        var id = form.group(1);
        var hash = id.startsWith(OVER)
                ? wrapped(format(id.substring(OVER.length())), form.group(2))
                : format(id).read(form.group(2));
        return new StoredPassword(text, hash);
    }

    /** Nobody's password is empty. Takes a while, and never throws. */
    public boolean matches(String password) {
        return !password.isEmpty() && hash.matches(password.getBytes(UTF_8));
    }

    /** Whether it is anything but Argon2id with the parameters of the day. */
    public boolean isOutdated() {
        return !text.startsWith(TODAY);
    }

    /** A digest that was made quickly: whoever steals it tries passwords by the billion. */
    public boolean isWeak() {
        return hash.weak();
    }

    /**
     * The same password as Argon2id over the digest that was stored, without which nothing can be tried quickly any more. Takes a
     * while.
     *
     * @throws IllegalStateException when it is not weak
     */
    public StoredPassword wrapped() {
        if (!isWeak()) {
            throw new IllegalStateException("only what is weak is wrapped");
        }
        var form = Limits.matched(FORM, text);
        var over = Argon2.encode(new String(Digests.hex(hash.expected()), US_ASCII));
        var settings = Digests.settings(form.group(2)).map(rest -> ":" + rest).orElse("");
        return parse("{" + OVER + form.group(1) + "}" + over + settings);
    }

    /** What stands in the column. */
    public String text() {
        return text;
    }

    /** Without the hash, which belongs into no log. */
    @Override
    public String toString() {
        return text.substring(0, text.indexOf('}') + 1) + "…";
    }

    private static Hash wrapped(PasswordFormat format, String text) {
        var digest = format.steps(Digests.settings(text));
        var outer = Argon2.read(text.split(":", 2)[0]);
        return Hash.strong(outer.expected(), password -> outer.steps().of(Digests.hex(digest.of(password))));
    }

    private static PasswordFormat format(String id) {
        return PasswordFormat.of(id).orElseThrow(() -> new RefusedHash(HashRefusal.UNKNOWN_FORMAT));
    }

    /** As it is compared: what is no character becomes a question mark, and not an error. */
    private static String wellFormed(String password) {
        return new String(password.getBytes(UTF_8), UTF_8);
    }
}
