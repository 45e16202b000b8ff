package dev.abendkasse.server.passwords;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hashes made by other implementations. */
class LegacyVectorTests {

    static List<Vector> vectors() {
        return Vector.all();
    }

    static Stream<Vector> weak() {
        return Vector.all().stream().filter(vector -> vector.stored().isWeak());
    }

    /** One of each format that has weak ones. */
    static Stream<Vector> weakFormats() {
        return Vector.firstOfEachFormat(weak());
    }

    static Stream<Vector> formats() {
        return Vector.formats();
    }

    @Test
    void everyFormatHasVectors() {
        assertThat(vectors())
                .extracting(Vector::format)
                .containsAll(Arrays.stream(PasswordFormat.values())
                        .map(PasswordFormat::id)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void m4EachHashIsOfItsPasswordAndOfNoOther(Vector vector) {
        var stored = vector.stored();

        assertThat(stored.matches(vector.password())).isTrue();
        assertThat(stored.matches("C" + vector.password())).isFalse();
        assertThat(stored.isOutdated()).isTrue();
        assertThat(StoredPassword.read(stored.text()))
                .get()
                .extracting(StoredPassword::text)
                .isEqualTo(stored.text());
    }

    /** Whoever steals the table has no password. */
    @ParameterizedTest
    @MethodSource("vectors")
    void m6WhatIsStoredIsNoPassword(Vector vector) {
        var stored = vector.stored();
        var text = stored.text();
        var body = text.substring(text.indexOf('}') + 1);

        assertThat(Stream.of(text, body, vector.hash(), body.split(":", 2)[0]).distinct())
                .noneMatch(stored::matches);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void m6EmptyLongAndIllFormedPasswordsAreWrongAndNoError(Vector vector) {
        var stored = vector.stored();

        assertThat(Stream.of("", "\0", "\ud800", "a".repeat(4096), "ä".repeat(4096)))
                .noneMatch(stored::matches);
    }

    @ParameterizedTest
    @MethodSource("weakFormats")
    void m4WeakHashWrappedInArgon2idIsOfItsPasswordAndShowsNoDigest(Vector vector) {
        var stored = vector.stored();
        var wrapped = stored.wrapped();
        var digest = stored.text().substring(stored.text().indexOf('}') + 1).split(":", 2)[0];

        assertThat(wrapped.matches(vector.password())).isTrue();
        assertThat(Stream.of("C" + vector.password(), digest)).noneMatch(wrapped::matches);
        assertThat(wrapped.isWeak()).isFalse();
        assertThat(wrapped.isOutdated()).isTrue();
        assertThat(wrapped.text())
                .startsWith("{argon2-over-" + vector.format() + "}" + Argon2.TODAY)
                .doesNotContainIgnoringCase(digest);
        assertThat(StoredPassword.read(wrapped.text())).isPresent();
    }

    @Test
    void theWeakOnesAreThoseThatDigestOnceOrAFewThousandTimes() {
        var weak = weak().map(Vector::format).distinct();

        assertThat(weak)
                .allMatch(format -> format.matches("(md5|sha1|sha256|sha512)(-salt-(first|last))?")
                        || List.of("opencart", "magento2", "shopware5", "symfony")
                                .contains(format))
                .hasSize(16);
    }
}
