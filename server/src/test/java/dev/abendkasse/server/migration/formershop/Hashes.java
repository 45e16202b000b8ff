package dev.abendkasse.server.migration.formershop;

import dev.abendkasse.server.passwords.Vector;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hashes for a million people: a few that others' code has made, and some that nobody can sign in with. */
public final class Hashes {

    /** What the import is told to assume where a row names no format. */
    public static final String DEFAULT_FORMAT = "bcrypt";

    static final List<Refused> REFUSED = List.of(
            new Refused("bcrypt", "$2a$31$N92ym7Qyk1TsDjxncJbE/uyz8yu0NGp1CkoCuvYTnX.8dJnZN2p8G", null, "TOO_COSTLY"),
            new Refused(
                    "django",
                    "pbkdf2_sha256$1000000000$salt$MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI",
                    null,
                    "TOO_COSTLY"),
            new Refused(
                    "argon2",
                    "$argon2id$v=19$m=4194304,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI",
                    null,
                    "TOO_COSTLY"),
            new Refused("bcrypt", "$2a$10$cutoff", null, "MALFORMED"),
            new Refused("md5", "0123456789abcdef0123456789abcdeX", null, "MALFORMED"),
            new Refused("sha1", "0123456789abcdef0123456789abcdef", null, "MALFORMED"),
            new Refused("md5-salt-first", "0123456789abcdef0123456789abcdef", null, "SALT_MISSING"),
            new Refused("magento2", "0123456789abcdef0123456789abcdef", null, "SALT_MISSING"),
            new Refused("md5", "0123456789abcdef0123456789abcdef", "salt", "NOTHING_TO_SALT"),
            new Refused("noop", "correct horse", null, "UNKNOWN_FORMAT"),
            new Refused("crc32", "cbf43926", null, "UNKNOWN_FORMAT"),
            new Refused(
                    "bcrypt", "$2x$10$N92ym7Qyk1TsDjxncJbE/uyz8yu0NGp1CkoCuvYTnX.8dJnZN2p8G", null, "UNKNOWN_FORMAT"));

    /** As server/docs/passwords.md lists them. */
    private static final Pattern WEAK =
            Pattern.compile("(md5|sha1|sha256|sha512)(-salt-(first|last))?|opencart|shopware5|symfony|magento2");

    private static final List<Vector> USABLE = Vector.all();

    private Hashes() {}

    /** A hash that must not be taken, and why. */
    record Refused(String format, String hash, @Nullable String salt, String reason) {}

    /** Whether the hash must not stand in the database as the file has it. */
    public static boolean isWeak(Vector vector) {
        return WEAK.matcher(vector.format()).matches() && !vector.name().contains("Argon2");
    }

    static Vector usable(Random random) {
        return USABLE.get(random.nextInt(USABLE.size()));
    }

    static Refused refused(Random random, String reason) {
        var fitting =
                REFUSED.stream().filter(hash -> hash.reason().equals(reason)).toList();
        return fitting.get(random.nextInt(fitting.size()));
    }
}
