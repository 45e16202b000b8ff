package dev.abendkasse.server.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before anybody signs in with it. */
class AcceptanceTests {

    private static final String BCRYPT_REST = "N92ym7Qyk1TsDjxncJbE/uyz8yu0NGp1CkoCuvYTnX.8dJnZN2p8G";
    private static final String SALT = "c29tZXNhbHRzb21lc2FsdA";
    private static final String HASH = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI";
    private static final String HEX = "0123456789abcdef0123456789abcdef";
    private static final String CRYPT_HASH =
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bcrypt | $2a$31$" + BCRYPT_REST,
                "bcrypt | $2y$14$" + BCRYPT_REST,
                "argon2 | $argon2id$v=19$m=4194304,t=1,p=1$" + SALT + "$" + HASH,
                "argon2 | $argon2id$v=19$m=131072,t=3,p=1$" + SALT + "$" + HASH,
                "argon2 | $argon2i$v=19$m=1024,t=1000000000000,p=1$" + SALT + "$" + HASH,
                "argon2 | $argon2i$v=19$m=1024,t=1,p=17$" + SALT + "$" + HASH,
                "django | pbkdf2_sha256$1000000000$salt$" + HASH,
                "django | pbkdf2_sha256$1200001$salt$" + HASH,
                "django | scrypt$salt$1048576$8$1$" + HASH,
                "django | bcrypt$$2b$20$" + BCRYPT_REST,
                "scrypt | $scrypt$ln=20,r=8,p=1$" + SALT + "$" + HASH,
                "scrypt | $scrypt$ln=99,r=8,p=1$" + SALT + "$" + HASH,
                "scrypt | $scrypt$ln=14,r=8,p=1000$" + SALT + "$" + HASH,
                "sha-crypt | $6$rounds=999999999$salt$" + CRYPT_HASH,
                "sha-crypt | $6$rounds=656001$salt$" + CRYPT_HASH,
                "phpass | $P$SaltSaltAaaaaaaaaaaaaaaaaaaaaaa",
                "drupal7 | $S$SaltSaltAaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "shopware5 | 1000000000:salt:" + HEX + HEX,
                "magento2 | " + HEX + HEX + ":salt:3_32_2_4294967296",
                "magento2 | " + HEX + HEX + ":salt:3_32_99_134217728",
                "magento2 | " + HEX + HEX + ":salt:2:2",
                "magento2 | " + HEX + HEX + ":salt:1:1:1:1:1"
            })
    void m6HashThatWouldCostTooMuchIsRefused(String format, String hash) {
        assertThat(refusal(format, hash, null, null)).isEqualTo(HashRefusal.TOO_COSTLY);
    }

    @Test
    void m6RoundsThatAreSaidApartOrInBytesAreBoundedToo() {
        var identity = new byte[61];
        identity[0] = 1;
        identity[4] = 1;
        Arrays.fill(identity, 5, 9, (byte) 0xff);
        identity[12] = 16;

        assertThat(refusal("symfony", HEX, "salt", "md5:1000000000")).isEqualTo(HashRefusal.TOO_COSTLY);
        assertThat(refusal("aspnet-identity", Base64.getEncoder().encodeToString(identity), null, null))
                .isEqualTo(HashRefusal.TOO_COSTLY);
    }

    @Test
    void m6LongPasswordDoesNotMultiplyTheRounds() {
        var digested = new AtomicInteger();
        var steps = Limits.bounded(Limits.CRYPT_ROUNDS, password -> {
            digested.addAndGet(password.length);
            return password;
        });

        assertThat(steps.of(new byte[128])).hasSize(128);
        assertThat(steps.of(new byte[4096])).isEmpty();
        assertThat(digested).hasValue(128);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "bcrypt | $2x$10$" + BCRYPT_REST + " | - | - | UNKNOWN_FORMAT",
                "bcrypt | $2$10$" + BCRYPT_REST + " | - | - | UNKNOWN_FORMAT",
                "bcrypt | $2a$00$" + BCRYPT_REST + " | - | - | MALFORMED",
                "bcrypt | $2a$10$x | - | - | MALFORMED",
                "bcrypt | $2a$10$" + BCRYPT_REST + " | salt | - | NOTHING_TO_SALT",
                "argon2 | $argon2d$v=19$m=1024,t=1,p=1$" + SALT + "$" + HASH + " | - | - | MALFORMED",
                "argon2 | $argon2id$v=19$m=8,t=1,p=2$" + SALT + "$" + HASH + " | - | - | MALFORMED",
                "argon2 | $argon2id$v=19$m=1024,t=0,p=1$" + SALT + "$" + HASH + " | - | - | MALFORMED",
                "argon2 | $argon2id$v=19$m=1024,t=1,p=1$" + SALT + "$MTIz | - | - | MALFORMED",
                "django | md5$salt$" + HEX + " | - | - | UNKNOWN_FORMAT",
                "django | !unusable | - | - | UNKNOWN_FORMAT",
                "django | scrypt$salt$1000$8$1$" + HASH + " | - | - | MALFORMED",
                "scrypt | $scrypt$ln=16,r=1,p=1$" + SALT + "$" + HASH + " | - | - | MALFORMED",
                "sha-crypt | $6$rounds=10$salt$" + CRYPT_HASH + " | - | - | MALFORMED",
                "md5-salt-first | " + HEX + " | - | - | SALT_MISSING",
                "opencart | " + HEX + "01234567 | - | - | SALT_MISSING",
                "magento2 | " + HEX + " | - | - | SALT_MISSING",
                "magento2 | " + HEX + ":salt:7 | - | - | UNKNOWN_FORMAT",
                "magento2 | " + HEX + ":salt:1 | - | - | MALFORMED",
                "md5 | " + HEX + " | salt | - | NOTHING_TO_SALT",
                "md5 | " + HEX + " | - | md5:1 | NOTHING_TO_SALT",
                "md5 | " + HEX + "00 | - | - | MALFORMED",
                "sha1 | " + HEX + " | - | - | MALFORMED",
                "symfony | " + HEX + " | sa{l}t | md5:1 | MALFORMED",
                "symfony | " + HEX + " | salt | crc32:1 | UNKNOWN_FORMAT",
                "symfony | " + HEX + " | salt | md5 | MALFORMED",
                "symfony | ?? | salt | md5:1 | MALFORMED",
                "shopware5 | " + HEX + " | - | - | MALFORMED",
                "aspnet-identity | " + HASH + " | - | - | MALFORMED"
            })
    void m4HashThatCannotBeReadIsRefusedWithTheReason(
            String format, String hash, @Nullable String salt, @Nullable String parameters, HashRefusal reason) {
        assertThat(refusal(format, hash, salt, parameters)).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"noop", "", "MD5", "argon2-over-md5", "plain", "ldap"})
    void m6ListOfFormatsIsClosed(String id) {
        assertThat(PasswordFormat.of(id)).isEmpty();
        assertThat(StoredPassword.read("{noop}password")).isEmpty();
        assertThat(StoredPassword.read("{argon2-over-noop}password")).isEmpty();
        assertThat(StoredPassword.read("{argon2-over-bcrypt}$2a$10$" + BCRYPT_REST))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.abendkasse.server.passwords.Vector#formats")
    void m6GarbageOfEveryKindIsRefused(Vector vector) {
        var whole = vector.declared().hash();
        var cut = Stream.of(
                        "",
                        " ",
                        "\0",
                        "\n",
                        ":",
                        "$",
                        "$$$$$$",
                        "{",
                        "ä€",
                        "a".repeat(10_000),
                        whole + "\n",
                        " " + whole)
                .map(hash -> refusal(vector.format(), hash, vector.salt(), vector.parameters()));

        assertThat(cut).doesNotContainNull();
        assertThat(refusal(vector.format(), whole.substring(1), vector.salt(), vector.parameters()))
                .isNotNull();
    }

    /** Whatever a row holds, reading and checking it neither fails nor lets anybody in. */
    @ParameterizedTest
    @MethodSource("dev.abendkasse.server.passwords.Vector#formats")
    void m6HashThatWasDamagedIsAWrongPasswordAndNoError(Vector vector) {
        var random = new Random(4711);
        var text = vector.stored().text();

        for (int i = 0; i < 60; i++) {
            var damaged = new StringBuilder(text);
            damaged.setCharAt(random.nextInt(text.length()), (char) (' ' + random.nextInt(95)));
            assertThat(StoredPassword.read(damaged.toString()).filter(read -> read.matches("another password")))
                    .isEmpty();
        }
    }

    @Test
    void hashesOfTheDayAreNeitherOutdatedNorWeak() {
        var stored = StoredPassword.of("correct horse");

        assertThat(stored.matches("correct horse")).isTrue();
        assertThat(stored.isOutdated()).isFalse();
        assertThat(stored.isWeak()).isFalse();
        assertThatThrownBy(stored::wrapped).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void hashesAreNotWrittenIntoLogs() {
        var declared = new DeclaredHash(PasswordFormat.MD5, HEX, null, null);

        assertThat(declared.toString()).doesNotContain(HEX);
        assertThat(((Acceptance.Accepted) declared.accept()).toString())
                .contains("{md5}")
                .doesNotContain(HEX);
    }

    private static @Nullable HashRefusal refusal(
            String format, String hash, @Nullable String salt, @Nullable String parameters) {
        var declared = new DeclaredHash(PasswordFormat.of(format).orElseThrow(), hash, salt, parameters);
        return switch (declared.accept()) {
            case Acceptance.Refused(var reason) -> reason;
            case Acceptance.Accepted _ -> null;
        };
    }
}
