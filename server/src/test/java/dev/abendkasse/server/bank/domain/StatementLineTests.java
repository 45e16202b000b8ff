package dev.abendkasse.server.bank.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementLineTests {

    private static final LocalDate DAY = LocalDate.of(2026, 12, 5);
    private static final Credit CREDIT = new Credit(2, DAY, DAY, 5_000, "EUR", "DE1", "Auftrag 100042", "A", "DE2");

    @Test
    void linesThatAreAlikeInEverythingAreCounted() {
        var lines = StatementLine.of(List.of(CREDIT, inRow(3), inRow(4)));

        assertThat(lines).extracting(StatementLine::ordinal).containsExactly(1, 2, 3);
        assertThat(lines)
                .extracting(StatementLine::fingerprint)
                .containsOnly(lines.getFirst().fingerprint());
    }

    @Test
    void fingerprintIsTheSameInEveryFileWhateverTheRow() {
        assertThat(StatementLine.of(List.of(inRow(40))).getFirst().fingerprint())
                .isEqualTo(StatementLine.of(List.of(CREDIT)).getFirst().fingerprint());
    }

    @Test
    void anythingElseMakesAnotherFingerprint() {
        var others = List.of(
                new Credit(2, DAY.plusDays(1), DAY, 5_000, "EUR", "DE1", "Auftrag 100042", "A", "DE2"),
                new Credit(2, DAY, DAY.plusDays(1), 5_000, "EUR", "DE1", "Auftrag 100042", "A", "DE2"),
                new Credit(2, DAY, DAY, 5_001, "EUR", "DE1", "Auftrag 100042", "A", "DE2"),
                new Credit(2, DAY, DAY, 5_000, "USD", "DE1", "Auftrag 100042", "A", "DE2"),
                new Credit(2, DAY, DAY, 5_000, "EUR", "DE3", "Auftrag 100042", "A", "DE2"),
                new Credit(2, DAY, DAY, 5_000, "EUR", "DE1", "Auftrag 100043", "A", "DE2"),
                new Credit(2, DAY, DAY, 5_000, "EUR", "DE1", "Auftrag 100042", "B", "DE2"),
                new Credit(2, DAY, DAY, 5_000, "EUR", "DE1", "Auftrag 100042A", "", "DE2"));

        assertThat(StatementLine.of(others))
                .extracting(StatementLine::fingerprint)
                .doesNotHaveDuplicates()
                .doesNotContain(StatementLine.of(List.of(CREDIT)).getFirst().fingerprint());
    }

    private static Credit inRow(int row) {
        return new Credit(row, DAY, DAY, 5_000, "EUR", "DE1", "Auftrag 100042", "A", "DE2");
    }
}
