package dev.abendkasse.server.organiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BankAccountTests {

    @Test
    void ibanIsTakenInGroupsOfAnyCase() {
        assertThat(new BankAccount("Example theatre", "de89 3704 0044 0532 0130 00", null).iban())
                .isEqualTo("DE89370400440532013000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE98370400440532013000",
                "DE89370400440532013001",
                "DE89",
                "",
                "89370400440532013000DE",
                "DE8937040044053201300Ä"
            })
    void mistypedIbanStopsTheServerFromStarting(String iban) {
        assertThatIllegalArgumentException().isThrownBy(() -> new BankAccount("Example theatre", iban, null));
    }

    @Test
    void holderAndBicAreLookedAtToo() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BankAccount(" ", "DE89370400440532013000", null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BankAccount("Example theatre", "DE89370400440532013000", "COBA"));
    }
}
