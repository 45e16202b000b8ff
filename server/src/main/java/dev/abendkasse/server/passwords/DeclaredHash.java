package dev.abendkasse.server.passwords;

import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A hash as another system has it, and what it is said to be.
 *
 * @param hash the text of that system's column
 * @param salt if it stands in a column of its own
 * @param parameters of {@link PasswordFormat#SYMFONY}: {@code algorithm:rounds}, {@code sha512:5000} if missing
 */
public record DeclaredHash(
        PasswordFormat format,
        String hash,
        @Nullable String salt,
        @Nullable String parameters) {

    private static final String SYMFONY_PARAMETERS = "sha512:5000";
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]+");
    private static final Pattern SHOPWARE5 = Pattern.compile("([0-9]+:[^:]*):([0-9A-Fa-f]{64})");

    /** The form in which it can be stored, or why it cannot. */
    public Acceptance accept() {
        try {
            return new Acceptance.Accepted(StoredPassword.parse("{" + format.id() + "}" + body()));
        } catch (RefusedHash e) {
            return new Acceptance.Refused(e.reason());
        }
    }

    @Override
    public String toString() {
        return format.id() + "…";
    }

    private String body() {
        if (parameters != null && format != PasswordFormat.SYMFONY) {
            throw new RefusedHash(HashRefusal.NOTHING_TO_SALT);
        }
        return switch (format) {
            case SYMFONY -> symfony();
            case SHOPWARE5 -> shopware5();
            default -> salt == null ? hash : salted(salt);
        };
    }

    private String salted(String salt) {
        if (!format.isDigest()) {
            throw new RefusedHash(HashRefusal.NOTHING_TO_SALT);
        }
        return hash + ":" + salt;
    }

    private String symfony() {
        return "%s:%s:%s"
                .formatted(hexOf(hash), parameters == null ? SYMFONY_PARAMETERS : parameters, salt == null ? "" : salt);
    }

    /** A digest in hex can be read as base64 as well, but is then longer than any. */
    private static String hexOf(String hash) {
        if (HEX.matcher(hash).matches()) {
            return hash;
        }
        try {
            return HexFormat.of().formatHex(Base64.getDecoder().decode(hash));
        } catch (IllegalArgumentException e) {
            throw RefusedHash.malformed();
        }
    }

    private String shopware5() {
        if (salt != null) {
            throw new RefusedHash(HashRefusal.NOTHING_TO_SALT);
        }
        var form = Limits.matched(SHOPWARE5, hash);
        return form.group(2) + ":" + form.group(1);
    }
}
