package dev.abendkasse.server.passwords;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/** PBKDF2 and scrypt, as Django and ASP.NET Core Identity write them, and scrypt as libraries do. */
final class Derived {

    private static final Pattern DJANGO_PBKDF2 =
            Pattern.compile("pbkdf2_sha(1|256)\\$([0-9]+)\\$([^$]{1,128})\\$([A-Za-z0-9+/]+=*)");
    private static final Pattern DJANGO_SCRYPT =
            Pattern.compile("scrypt\\$([^$]{1,128})\\$([0-9]+)\\$([0-9]+)\\$([0-9]+)\\$([A-Za-z0-9+/]+=*)");
    private static final Pattern SCRYPT =
            Pattern.compile("\\$scrypt\\$ln=([0-9]+),r=([0-9]+),p=([0-9]+)\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private static final int LEAST_HASH_BYTES = 16;
    private static final int LEAST_SALT_BYTES = 8;
    private static final int MOST_BYTES = 64;
    private static final int MOST_LOG = 20;
    private static final int MOST_BLOCKS = 32;
    private static final int SCRYPT_UNIT = 128;

    private static final int IDENTITY_2_ROUNDS = 1000;
    private static final int IDENTITY_2_SALT = 16;
    private static final int IDENTITY_2_HASH = 32;
    private static final String[] IDENTITY_3_FUNCTIONS = {"SHA1", "SHA256", "SHA512"};
    private static final int IDENTITY_3_HEAD = 13;
    private static final int IDENTITY_MOST = IDENTITY_3_HEAD + 2 * MOST_BYTES;

    private Derived() {}

    /** Django's own forms, and those that it only puts a word before. */
    static Hash django(String text) {
        var word = text.substring(0, Math.max(0, text.indexOf('$')));
        var rest = text.substring(text.indexOf('$') + 1);
        return switch (word) {
            case "pbkdf2_sha1", "pbkdf2_sha256" -> djangoPbkdf2(Limits.matched(DJANGO_PBKDF2, text));
            case "scrypt" -> djangoScrypt(Limits.matched(DJANGO_SCRYPT, text));
            case "argon2" -> Argon2.read("$" + rest);
            case "bcrypt" -> Crypt.bcrypt(rest);
            case "bcrypt_sha256" -> overSha256(Crypt.bcrypt(rest));
            default -> throw new RefusedHash(HashRefusal.UNKNOWN_FORMAT);
        };
    }

    private static Hash djangoPbkdf2(MatchResult form) {
        var rounds = Limits.number(form.group(2), Limits.PBKDF2_ROUNDS);
        var expected = Limits.base64(form.group(4), LEAST_HASH_BYTES, MOST_BYTES);
        return pbkdf2("SHA" + form.group(1), form.group(3).getBytes(UTF_8), rounds, expected);
    }

    private static Hash djangoScrypt(MatchResult form) {
        var n = Limits.number(form.group(2), 1 << MOST_LOG);
        if (n < 2 || Integer.bitCount(n) != 1) {
            throw RefusedHash.malformed();
        }
        return scrypt(
                n,
                form.group(3),
                form.group(4),
                form.group(1).getBytes(UTF_8),
                Limits.base64(form.group(5), LEAST_HASH_BYTES, MOST_BYTES));
    }

    private static Hash overSha256(Hash bcrypt) {
        return Hash.strong(
                bcrypt.expected(), password -> bcrypt.steps().of(Digests.hex(Digests.digest("SHA-256", password))));
    }

    static Hash scrypt(String text) {
        var form = Limits.matched(SCRYPT, text);
        return scrypt(
                1 << Limits.number(form.group(1), MOST_LOG),
                form.group(2),
                form.group(3),
                Limits.base64(form.group(4), LEAST_SALT_BYTES, MOST_BYTES),
                Limits.base64(form.group(5), LEAST_HASH_BYTES, MOST_BYTES));
    }

    private static Hash scrypt(int n, String r, String p, byte[] salt, byte[] expected) {
        var blocks = Limits.number(r, MOST_BLOCKS);
        var lanes = Limits.number(p, Limits.SCRYPT_WORK);
        Limits.bounded((long) SCRYPT_UNIT * n * blocks, Limits.SCRYPT_BYTES);
        Limits.bounded((long) n * blocks * lanes, Limits.SCRYPT_WORK);
        // Fewer blocks bound n by the RFC, which the library insists on.
        if (blocks == 1 && n >= 1 << Character.SIZE) {
            throw RefusedHash.malformed();
        }
        return Hash.strong(expected, password -> SCrypt.generate(password, salt, n, blocks, lanes, expected.length));
    }

    /** Version 2 begins with 0 and has everything fixed; version 3 begins with 1 and says it. */
    static Hash identity(String text) {
        var bytes = Limits.base64(text, 1 + IDENTITY_2_SALT + IDENTITY_2_HASH, IDENTITY_MOST);
        return switch (bytes[0]) {
            case 0 -> identity2(bytes);
            case 1 -> identity3(ByteBuffer.wrap(bytes, 1, bytes.length - 1));
            default -> throw new RefusedHash(HashRefusal.UNKNOWN_FORMAT);
        };
    }

    private static Hash identity2(byte[] bytes) {
        var rest = ByteBuffer.wrap(Limits.sized(bytes, 0, 1 + IDENTITY_2_SALT + IDENTITY_2_HASH), 1, bytes.length - 1);
        var salt = take(rest, IDENTITY_2_SALT);
        return pbkdf2("SHA1", salt, IDENTITY_2_ROUNDS, take(rest, IDENTITY_2_HASH));
    }

    private static Hash identity3(ByteBuffer rest) {
        var function = rest.getInt();
        if (function < 0 || function >= IDENTITY_3_FUNCTIONS.length) {
            throw new RefusedHash(HashRefusal.UNKNOWN_FORMAT);
        }
        var rounds = Limits.bounded(Integer.toUnsignedLong(rest.getInt()), Limits.PBKDF2_ROUNDS);
        var saltLength = rest.getInt();
        if (saltLength < LEAST_SALT_BYTES || saltLength > rest.remaining()) {
            throw RefusedHash.malformed();
        }
        var salt = take(rest, saltLength);
        var expected = Limits.sized(take(rest, rest.remaining()), LEAST_HASH_BYTES, MOST_BYTES);
        return pbkdf2(IDENTITY_3_FUNCTIONS[function], salt, rounds, expected);
    }

    private static byte[] take(ByteBuffer from, int length) {
        var bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    private static Hash pbkdf2(String digest, byte[] salt, int rounds, byte[] expected) {
        return Hash.strong(expected, password -> {
            var characters = new String(password, UTF_8).toCharArray();
            try {
                var key = new PBEKeySpec(characters, salt, rounds, expected.length * Byte.SIZE);
                return SecretKeyFactory.getInstance("PBKDF2WithHmac" + digest)
                        .generateSecret(key)
                        .getEncoded();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has PBKDF2", e);
            }
        });
    }
}
