package dev.abendkasse.server.passwords;

import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** Argon2id with the parameters of the day, and Argon2i and Argon2id with others. */
final class Argon2 {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int KIBIBYTES = 19_456;
    private static final int PASSES = 2;

    /** What hashes of the day begin with. */
    static final String TODAY = "$argon2id$v=19$m=%d,t=%d,p=%d$".formatted(KIBIBYTES, PASSES, LANES);

    private static final Argon2PasswordEncoder ENCODER =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, KIBIBYTES, PASSES);

    private static final int MOST_PASSES = 100;
    private static final int KIBIBYTES_PER_LANE = 8;
    private static final int LEAST_BYTES = 8;
    private static final int LEAST_HASH_BYTES = 12;
    private static final int MOST_BYTES = 64;

    private static final Pattern FORM =
            Pattern.compile("\\$argon2(id|i)(?:\\$v=(16|19))?\\$m=([0-9]+),t=([0-9]+),p=([0-9]+)"
                    + "\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private Argon2() {}

    static String encode(String password) {
        return ENCODER.encode(password);
    }

    static Hash read(String text) {
        var form = Limits.matched(FORM, text);
        var parameters = parameters(form.group(1).equals("id"), number(form.group(2)))
                .withIterations(Limits.number(form.group(4), MOST_PASSES))
                .withMemoryAsKB(Limits.number(form.group(3), Limits.ARGON2_KIBIBYTES))
                .withParallelism(Limits.number(form.group(5), Limits.ARGON2_LANES))
                .withSalt(Limits.base64(form.group(6), LEAST_BYTES, MOST_BYTES))
                .build();
        var expected = Limits.base64(form.group(7), LEAST_HASH_BYTES, MOST_BYTES);
        return Hash.strong(expected, steps(checked(parameters), expected.length));
    }

    /** As libsodium does it: Argon2id, one lane. */
    static Steps sodium(int length, int passes, int kibibytes, byte[] salt) {
        var parameters = parameters(true, Argon2Parameters.ARGON2_VERSION_13)
                .withIterations(passes)
                .withMemoryAsKB(kibibytes)
                .withParallelism(1)
                .withSalt(salt)
                .build();
        return steps(checked(parameters), length);
    }

    private static Argon2Parameters.Builder parameters(boolean id, int version) {
        var type = id ? Argon2Parameters.ARGON2_id : Argon2Parameters.ARGON2_i;
        return new Argon2Parameters.Builder(type).withVersion(version);
    }

    /** Hashes of before there were versions do not say theirs. */
    private static int number(@Nullable String version) {
        return "19".equals(version) ? Argon2Parameters.ARGON2_VERSION_13 : Argon2Parameters.ARGON2_VERSION_10;
    }

    private static Argon2Parameters checked(Argon2Parameters parameters) {
        Limits.bounded(
                (long) parameters.getMemory() * parameters.getIterations(), Limits.ARGON2_KIBIBYTES_IN_ALL_PASSES);
        if (parameters.getMemory() < KIBIBYTES_PER_LANE * parameters.getLanes()) {
            throw RefusedHash.malformed();
        }
        return parameters;
    }

    private static Steps steps(Argon2Parameters parameters, int length) {
        return password -> {
            var generator = new Argon2BytesGenerator();
            generator.init(parameters);
            var hash = new byte[length];
            generator.generateBytes(password, hash);
            return hash;
        };
    }
}
