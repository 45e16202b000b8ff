package dev.abendkasse.server.passwords;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.crypto.bcrypt.BCrypt;

class HashCostsTests {

    private final List<StoredPassword> measured = new ArrayList<>();
    private final HashCosts costs = new HashCosts(Duration.ofMillis(500), password -> {
        measured.add(password);
        return Duration.ofMillis(password.text().contains("$12$") ? 501 : 500);
    });

    @Test
    void hashThatTakesLongerThanItMayIsTooDear() {
        assertThat(costs.isTooDear(bcrypt(11))).isFalse();
        assertThat(costs.isTooDear(bcrypt(12))).isTrue();
    }

    @Test
    void parametersAreMeasuredOnceHoweverManyRowsHaveThem() {
        for (int i = 0; i < 5; i++) {
            costs.isTooDear(bcrypt(4));
            costs.isTooDear(StoredPassword.of("password " + i));
        }

        assertThat(measured).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("slow")
    void saltIsNoParameterAndTheWorkIs(Vector vector) {
        costs.isTooDear(vector.stored());
        costs.isTooDear(vector.stored());

        assertThat(measured).hasSize(1);
    }

    static Stream<Vector> slow() {
        return Vector.formats().filter(vector -> !vector.stored().isWeak());
    }

    @Test
    void m4VectorsOfAllFormatsHaveFewSetsOfParameters() {
        var stored = Vector.all().stream().map(Vector::stored).toList();
        stored.forEach(costs::isTooDear);

        assertThat(measured).hasSizeLessThan(stored.size() / 3);
        assertThat(measured.stream().map(HashCostsTests::format).distinct())
                .containsExactlyInAnyOrderElementsOf(stored.stream()
                        .filter(password -> !password.isWeak())
                        .map(HashCostsTests::format)
                        .distinct()
                        .toList());
    }

    @Test
    void m6TableWithEndlesslyManyParametersIsRefusedInTheEnd() {
        var refused = 0;
        for (int rounds = 1000; rounds < 1200; rounds++) {
            refused += costs.isTooDear(sha(rounds)) ? 1 : 0;
        }

        assertThat(measured).hasSize(100);
        assertThat(refused).isEqualTo(100);
    }

    @Test
    void checkIsTimedOnThisMachine() {
        assertThat(new HashCosts(Duration.ZERO).isTooDear(bcrypt(4))).isTrue();
        assertThat(new HashCosts(Duration.ofMinutes(1)).isTooDear(bcrypt(4))).isFalse();
    }

    private static StoredPassword bcrypt(int cost) {
        return StoredPassword.read("{bcrypt}" + BCrypt.hashpw("password", BCrypt.gensalt(cost)))
                .orElseThrow();
    }

    private static StoredPassword sha(int rounds) {
        return StoredPassword.read("{sha-crypt}$5$rounds=" + rounds + "$salt$" + "a".repeat(43))
                .orElseThrow();
    }

    private static String format(StoredPassword password) {
        return password.text().substring(0, password.text().indexOf('}'));
    }
}
