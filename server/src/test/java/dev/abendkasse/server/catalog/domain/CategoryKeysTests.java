package dev.abendkasse.server.catalog.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CategoryKeysTests {

    @ParameterizedTest
    @CsvSource({
        "Kategorie A, kategorie-a",
        "Öl & Größe, oel-groesse",
        "O\u0308l, oel",
        "Café Señor, cafe-senor",
        "ẞ, ss",
        "  --1. Rang--  , 1-rang",
        "客席, kategorie",
        "＋＋, kategorie"
    })
    void keyIsThePlainSpellingOfTheName(String name, String key) {
        assertThat(CategoryKeys.of(List.of(name))).containsEntry(name, key);
    }

    @Test
    void everyNameHasAKeyOfItsOwn() {
        assertThat(CategoryKeys.of(List.of("A", "a", "a-2", "Ä", "ä")).values())
                .containsExactly("a", "a-2", "a-2-2", "ae", "ae-2");
    }

    @Test
    void longNamesHaveShortKeysOfTheirOwn() {
        var names = List.of("x".repeat(150), "x".repeat(151), "x".repeat(59) + " y");

        assertThat(CategoryKeys.of(names).values())
                .doesNotHaveDuplicates()
                .allMatch(key -> key.matches("[a-z0-9][a-z0-9-]{0,59}") && !key.endsWith("-"));
    }
}
