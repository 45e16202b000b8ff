package dev.abendkasse.server.passwords;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Digests, plain, salted and over again, as shop systems have put them together. */
final class Digests {

    /**
     * How a password becomes a digest, once the settings are known.
     *
     * @param bytes the length of the digest
     * @param weak whether that is quick
     */
    record Recipe(Steps steps, int bytes, boolean weak) {

        static Recipe quick(String algorithm, Steps steps) {
            return new Recipe(steps, named(algorithm).getDigestLength(), true);
        }

        static Recipe slow(String algorithm, int rounds, Steps steps) {
            return new Recipe(
                    Limits.bounded(rounds, steps), named(algorithm).getDigestLength(), rounds < ROUNDS_OF_A_STRONG_ONE);
        }
    }

    /** Reads what stands behind the digest and the first colon; empty when there is no colon. */
    @FunctionalInterface
    interface Settings {

        Recipe read(Optional<String> settings);
    }

    /** Fewer rounds than this are tried by the million. */
    private static final int ROUNDS_OF_A_STRONG_ONE = 10_000;

    private static final Map<String, String> SYMFONY =
            Map.of("md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256", "sha512", "SHA-512");

    private static final Pattern ROUNDS_AND_SALT = Pattern.compile("([0-9]+):([^:]*)");
    private static final Pattern ALGORITHM_ROUNDS_AND_SALT = Pattern.compile("([a-z0-9]+):([0-9]+):([^{}]*)");

    private Digests() {}

    /** What stands before a colon is the digest, in hex; what stands behind it are its settings. */
    static Hash read(String text, Settings settings) {
        var recipe = settings.read(settings(text));
        try {
            var digest = HexFormat.of().parseHex(text.split(":", 2)[0]);
            return new Hash(Limits.sized(digest, recipe.bytes(), recipe.bytes()), recipe.steps(), recipe.weak());
        } catch (IllegalArgumentException e) {
            throw RefusedHash.malformed();
        }
    }

    static Optional<String> settings(String text) {
        var colon = text.indexOf(':');
        return colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
    }

    static MessageDigest named(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    static Settings plain(String algorithm) {
        return settings -> {
            if (settings.isPresent()) {
                throw new RefusedHash(HashRefusal.NOTHING_TO_SALT);
            }
            return Recipe.quick(algorithm, password -> named(algorithm).digest(password));
        };
    }

    static Settings saltFirst(String algorithm) {
        return settings -> {
            var salt = salt(settings);
            return Recipe.quick(algorithm, password -> digest(algorithm, salt, password));
        };
    }

    static Settings saltLast(String algorithm) {
        return settings -> {
            var salt = salt(settings);
            return Recipe.quick(algorithm, password -> digest(algorithm, password, salt));
        };
    }

    static Recipe openCart(Optional<String> settings) {
        var salt = salt(settings);
        return Recipe.quick("SHA-1", password -> {
            var inner = hex(named("SHA-1").digest(password));
            return digest("SHA-1", salt, hex(digest("SHA-1", salt, inner)));
        });
    }

    /** One round more than it says. */
    static Recipe shopware(Optional<String> settings) {
        var form = Limits.matched(ROUNDS_AND_SALT, settings.orElseThrow(RefusedHash::malformed));
        var rounds = Limits.number(form.group(1), Limits.DIGEST_ROUNDS);
        var salt = form.group(2).getBytes(UTF_8);
        return Recipe.slow("SHA-256", rounds, password -> {
            var hash = digest("SHA-256", password, salt);
            for (int i = 0; i < rounds; i++) {
                hash = digest("SHA-256", hex(hash), password, salt);
            }
            return hash;
        });
    }

    static Recipe symfony(Optional<String> settings) {
        var form = Limits.matched(ALGORITHM_ROUNDS_AND_SALT, settings.orElseThrow(RefusedHash::malformed));
        var algorithm = SYMFONY.get(form.group(1));
        if (algorithm == null) {
            throw new RefusedHash(HashRefusal.UNKNOWN_FORMAT);
        }
        var rounds = Limits.number(form.group(2), Limits.DIGEST_ROUNDS);
        var behind = form.group(3).isEmpty() ? "" : "{" + form.group(3) + "}";
        var salt = behind.getBytes(UTF_8);
        return Recipe.slow(algorithm, rounds, password -> {
            var hash = digest(algorithm, password, salt);
            for (int i = 1; i < rounds; i++) {
                hash = digest(algorithm, hash, password, salt);
            }
            return hash;
        });
    }

    static byte[] digest(String algorithm, byte[]... parts) {
        var digest = named(algorithm);
        for (var part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    static byte[] hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).getBytes(US_ASCII);
    }

    private static byte[] salt(Optional<String> settings) {
        return settings.orElseThrow(() -> new RefusedHash(HashRefusal.SALT_MISSING))
                .getBytes(UTF_8);
    }
}
