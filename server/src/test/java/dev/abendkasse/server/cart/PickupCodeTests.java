package dev.abendkasse.server.cart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PickupCodeTests {

    @ParameterizedTest
    @CsvSource({"7KQ2XM, 7KQ2XM", "7kq-2xm, 7KQ2XM", "'7 K Q 2 X M', 7KQ2XM", "OIL0il, 011011", "7KQ2X, 7KQ2X"})
    void codeIsUnderstoodAsItIsReadOut(String told, String code) {
        assertThat(PickupCode.asTold(told)).isEqualTo(code);
    }

    @Test
    void everyCodeThatIsGivenOutIsUnderstood() {
        assertThat(Stream.generate(PickupCode::next).limit(1000))
                .allSatisfy(code ->
                        assertThat(PickupCode.asTold(code.toLowerCase())).isEqualTo(code));
    }
}
