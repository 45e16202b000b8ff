package dev.abendkasse.server.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTests {

    @ParameterizedTest
    @CsvSource({
        "someone@example.org, someone@example.org",
        "Some.One@Example.ORG, some.one@example.org",
        "' someone@example.org ', someone@example.org",
        "some+tag@example.org, some+tag@example.org",
        "someone@bücher.example, someone@xn--bcher-kva.example",
        "someone@BÜCHER.example, someone@xn--bcher-kva.example",
        "ｓｏｍｅｏｎｅ@example.org, someone@example.org",
        "someone＠example.org, someone@example.org",
        "jürgen@example.org, jürgen@example.org",
        "ju\u0308rgen@example.org, jürgen@example.org",
    })
    void m7SpellingsOfOneAddressHaveOneCanonicalForm(String typed, String canonical) {
        assertThat(EmailAddress.parse(typed).orElseThrow().canonical()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "example.org",
                "@example.org",
                "someone@",
                "someone@localhost",
                "someone@example..org",
                "someone@.example.org",
                "someone@example.org.",
                "someone@-example.org",
                "someone@exa mple.org",
                "someone@127.0.0.1",
                "someone@[127.0.0.1]",
                "some one@example.org",
                "some@one@example.org",
                ".someone@example.org",
                "someone.@example.org",
                "some..one@example.org",
                "\"someone\"@example.org",
                "some\u200bone@example.org",
                "some\u0000one@example.org",
                "some\ud800one@example.org",
                "someone@exam\u2100ple.org",
            })
    void whatNoMailCanBeSentToIsNoAddress(String text) {
        assertThat(EmailAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 300, 100_000})
    void longNamesAreNoAddresses(int length) {
        assertThat(EmailAddress.parse("a".repeat(length) + "@example.org")).isEmpty();
    }
}
