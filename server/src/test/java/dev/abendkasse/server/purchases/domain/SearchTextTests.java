package dev.abendkasse.server.purchases.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTextTests {

    @Test
    void internetNamesAreSpeltBothWays() {
        assertThat(new SearchText("kasse@bühne.example").spellings())
                .containsExactly("kasse@bühne.example", "kasse@xn--bhne-0ra.example");
        assertThat(new SearchText("XN--bhne-0ra").spellings()).containsExactly("XN--bhne-0ra", "bühne");
    }

    @Test
    void whatIsNoInternetNameIsLeftAlone() {
        assertThat(new SearchText(" example $1\\ buyer ").spellings()).containsExactly("example $1\\ buyer");
        assertThat(new SearchText("xn--\u00fc\u00fc\u00fc").spellings()).first().isEqualTo("xn--\u00fc\u00fc\u00fc");
        assertThat(new SearchText("\u00fc".repeat(100)).spellings()).containsExactly("\u00fc".repeat(100));
    }

    @ParameterizedTest
    @CsvSource({"abc,true", "'a b',false", "' a  b c ',true", "ab,false", "'   ',false"})
    void blanksAreNoCharacters(String typed, boolean enough) {
        assertThat(new SearchText(typed).isLongEnough()).isEqualTo(enough);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"7kq2xm,7KQ2XM", "7KQ-2XM,7KQ2XM", "'oil o1l',011011", "7KQ2XU,none", "7KQ2X,none"})
    void codesAreReadAsTheyAreHeard(String told, String code) {
        assertThat(ToldCode.read(told).orElse(null)).isEqualTo(code);
    }
}
