package dev.abendkasse.server.passwords;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Magento 2: behind the digest stand the salt and versions, each applied to what the one before has made. Version 0 is MD5, 1 is
 * SHA-256, 2 and 3 are Argon2id by libsodium, 3 with its parameters.
 */
final class Magento {

    private static final int MOST_VERSIONS = 4;
    private static final int ARGON2_SALT = 16;
    private static final int LENGTH = 32;
    private static final int MD5_LENGTH = 16;
    private static final int ARGON2_PASSES = 2;
    private static final int ARGON2_KIBIBYTES = 65_536;
    private static final int BYTES_PER_KIBIBYTE = 1024;
    private static final int MOST_PASSES = 100;

    private static final Pattern SALT_AND_VERSIONS = Pattern.compile("([^:]+):([0-9_]+(?::[0-9_]+)*)");
    private static final Pattern ARGON2_VERSION = Pattern.compile("3_32_([0-9]+)_([0-9]+)");

    private Magento() {}

    static Digests.Recipe recipe(Optional<String> settings) {
        var form = Limits.matched(
                SALT_AND_VERSIONS, settings.orElseThrow(() -> new RefusedHash(HashRefusal.SALT_MISSING)));
        var salt = form.group(1).getBytes(UTF_8);
        var versions = form.group(2).split(":");
        Limits.bounded(versions.length, MOST_VERSIONS);
        var steps = Arrays.stream(versions).map(version -> step(version, salt)).toList();
        var weak = Arrays.stream(versions).allMatch(version -> version.matches("[01]"));
        var argon2 = Arrays.stream(versions)
                .filter(version -> version.matches("[23].*"))
                .count();
        if (argon2 > 1) {
            throw new RefusedHash(HashRefusal.TOO_COSTLY);
        }
        var length = versions[versions.length - 1].equals("0") ? MD5_LENGTH : LENGTH;
        return new Digests.Recipe(password -> chain(steps, password), length, weak);
    }

    private static byte[] chain(List<Steps> steps, byte[] password) {
        var made = steps.getFirst().of(password);
        for (var step : steps.subList(1, steps.size())) {
            made = step.of(Digests.hex(made));
        }
        return made;
    }

    private static Steps step(String version, byte[] salt) {
        return switch (version) {
            case "0" -> password -> Digests.digest("MD5", salt, password);
            case "1" -> password -> Digests.digest("SHA-256", salt, password);
            case "2" -> Argon2.sodium(LENGTH, ARGON2_PASSES, ARGON2_KIBIBYTES, padded(salt));
            default -> argon2(version, salt);
        };
    }

    private static Steps argon2(String version, byte[] salt) {
        if (!version.startsWith("3_")) {
            throw new RefusedHash(HashRefusal.UNKNOWN_FORMAT);
        }
        var form = Limits.matched(ARGON2_VERSION, version);
        var passes = Limits.number(form.group(1), MOST_PASSES);
        var bytes = Limits.number(form.group(2), Limits.ARGON2_KIBIBYTES * BYTES_PER_KIBIBYTE);
        return Argon2.sodium(LENGTH, passes, bytes / BYTES_PER_KIBIBYTE, padded(salt));
    }

    /** Sixteen bytes of it, over again if there are fewer. */
    private static byte[] padded(byte[] salt) {
        var padded = new byte[ARGON2_SALT];
        for (int i = 0; i < padded.length; i++) {
            padded[i] = salt[i % salt.length];
        }
        return padded;
    }
}
