package dev.abendkasse.server.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CaseNumberTests {

    @Test
    void knownExampleHasItsCheckDigit() {
        // 572 has the check digit 4: the example at https://en.wikipedia.org/wiki/Damm_algorithm, padded with zeros,
        // which do not change the interim digit at the start.
        assertThat(CaseNumber.isValid("0000005724")).isTrue();
    }

    @Test
    void everySingleWrongDigitIsCaught() {
        var number = CaseNumber.random().value();
        for (int at = 0; at < number.length(); at++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                var other = number.substring(0, at) + digit + number.substring(at + 1);
                assertThat(CaseNumber.isValid(other)).isEqualTo(other.equals(number));
            }
        }
    }

    @Test
    void everySwapOfNeighboursIsCaught() {
        IntStream.range(0, 100).mapToObj(_ -> CaseNumber.random().value()).forEach(number -> {
            for (int at = 0; at + 1 < number.length(); at++) {
                var swapped =
                        number.substring(0, at) + number.charAt(at + 1) + number.charAt(at) + number.substring(at + 2);
                assertThat(CaseNumber.isValid(swapped)).isEqualTo(swapped.equals(number));
            }
        });
    }

    @Test
    void otherLengthsAndCharactersAreNoCaseNumbers() {
        assertThat(CaseNumber.isValid("123")).isFalse();
        assertThat(CaseNumber.isValid("12345678901")).isFalse();
        assertThat(CaseNumber.isValid("١٢٣٤٥٦٧٨٩٠")).isFalse();
    }
}
