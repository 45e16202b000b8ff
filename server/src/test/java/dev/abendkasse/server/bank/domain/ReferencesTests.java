package dev.abendkasse.server.bank.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100042 | 100042",
                "Auftrag Nr. 100042, danke | 100042",
                "AUFTRAG100042DANKE | 100042",
                "Auftrag 1000 42 | 100042",
                "Auftrag 100042 und 100043 | 100042 100043",
                "100042 100043 | 100042 100043 100042100043",
                "Karten 12345 | ",
                "DE89370400440532013000 | ",
                "R-2026-100042 | "
            })
    void numbersOfOrdersAreFound(String text, String numbers) {
        assertThat(References.in(text).orderNumbers()).containsExactlyInAnyOrderElementsOf(longs(numbers));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "R-2026-000123 | R-2026-000123",
                "Rechnung r-2026-000123. | R-2026-000123",
                "RE: R 2026 000123 | R-2026-000123",
                "R2026/000123 | R-2026-000123",
                "R-2026-00 0123 | R-2026-000123",
                "Rechnung 2026-000123 | R-2026-000123",
                "R-2026-1000123 | R-2026-1000123",
                "NR2026000123 | ",
                "Auftrag 100042 | "
            })
    void numbersOfInvoicesAreFound(String text, String numbers) {
        assertThat(References.in(text).invoiceNumbers())
                .containsExactlyElementsOf(numbers == null ? List.of() : List.of(numbers.split(" ")));
    }

    @Test
    void textsFullOfNumbersAreBounded() {
        var text = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            text.append(" ").append(100_000 + i).append(" x R-2026-").append(100_000 + i);
        }

        assertThat(References.in(text.toString()).orderNumbers()).hasSize(20);
        assertThat(References.in(text.toString()).invoiceNumbers()).hasSize(20);
    }

    private static List<Long> longs(String numbers) {
        return numbers == null
                ? List.of()
                : Arrays.stream(numbers.split(" ")).map(Long::valueOf).toList();
    }
}
