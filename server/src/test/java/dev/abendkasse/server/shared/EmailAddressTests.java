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
        "ｓｏｍｅｏｎｅ@example.org, someone@example.org",
        "someone＠example.org, someone@example.org",
        "jürgen@example.org, jürgen@example.org",
        "ju\u0308rgen@example.org, jürgen@example.org",
        // No upper case letter is composed of these two, but a lower case one is.
        "H\u0331@example.org, \u1e96@example.org",
    })
    void m7SpellingsOfOneAddressHaveOneCanonicalForm(String typed, String canonical) {
        assertThat(canonical(typed)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "someone@bücher.example, someone@xn--bcher-kva.example",
        "someone@BÜCHER.example, someone@xn--bcher-kva.example",
        "someone@bu\u0308cher.example, someone@xn--bcher-kva.example",
        "someone@XN--BCHER-KVA.example, someone@xn--bcher-kva.example",
        "someone@bücher。example, someone@xn--bcher-kva.example",
        "someone@ｅｘａｍｐｌｅ．org, someone@example.org",
        "someone@exam\u00adple.org, someone@example.org",
        "someone@exam\u200bple.org, someone@example.org",
        // Of 2003 were the mappings to strasse, to σ at the end, and to nothing.
        "someone@straße.example, someone@xn--strae-oqa.example",
        "someone@STRASSE.example, someone@strasse.example",
        "someone@βόλος.example, someone@xn--nxasmm1c.example",
        "someone@βόλοσ.example, someone@xn--nxasmq6b.example",
        "someone@نامه\u200cای.example, someone@xn--mgba3gch31f060k.example",
        "someone@क्\u200dष.example, someone@xn--11b2ezcw70k.example",
        "someone@例え.テスト, someone@xn--r8jz45g.xn--zckzah",
        "someone@r3--a.example.org, someone@r3--a.example.org",
    })
    void m7DomainsAreReadAsTheDnsHasThemToday(String typed, String canonical) {
        assertThat(canonical(typed)).isEqualTo(canonical);
        assertThat(canonical(canonical)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"some.one\"@example.org, some.one@example.org",
                "\"Some.One\"@Example.ORG, some.one@example.org",
                "\"so\\me\\.one\"@example.org, some.one@example.org",
                "＂someone＂＠example.org, someone@example.org",
                "\"some+tag\"@example.org, some+tag@example.org",
                "\"o'hara\"@example.org, o'hara@example.org",
            })
    void m7QuotesThatAreNotNeededMeanNothing(String typed, String canonical) {
        assertThat(canonical(typed)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "Some.One@Example.ORG, Some.One@example.org",
                "\"Some.One\"@Example.ORG, Some.One@example.org",
                "\"So\\me\"@example.org, Some@example.org",
                "Jürgen@Bücher.example, jürgen@xn--bcher-kva.example",
                "Οδός@example.org, οδός@example.org",
                "ｓｏｍｅｏｎｅ@example.org, someone@example.org",
            })
    void mailGoesToTheNameAsTyped(String typed, String mailbox) {
        assertThat(EmailAddress.parse(typed).orElseThrow().mailbox()).isEqualTo(mailbox);
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
                "someone@example.org。",
                "someone@-example.org",
                "someone@example-.org",
                "someone@exa_mple.org",
                "someone@exa mple.org",
                "someone@127.0.0.1",
                "someone@[127.0.0.1]",
                "someone@[IPv6:2001:db8::1]",
                "someone@example.org:25",
                "some one@example.org",
                "some@one@example.org",
                ".someone@example.org",
                "someone.@example.org",
                "some..one@example.org",
                "some\u0000one@example.org",
                "some\ud800one@example.org",
                "someone@exam\u2100ple.org",
            })
    void whatNoMailCanBeSentToIsNoAddress(String text) {
        assertThat(EmailAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"@example.org",
                "\"some one\"@example.org",
                "\"some\\ one\"@example.org",
                "\"some@one\"@example.org",
                "\"some..one\"@example.org",
                "\".someone\"@example.org",
                "\"some\\\"one\"@example.org",
                "\"some\\\\one\"@example.org",
                "\"someone\\\"@example.org",
                "\"some\u200bone\"@example.org",
                "\"some\".one@example.org",
                "\"some\".\"one\"@example.org",
                "\"someone@example.org",
                "someone\"@example.org",
                "some\\one@example.org",
                "someone(tag)@example.org",
                "(tag)someone@example.org",
                "someone@(tag)example.org",
                "someone@example.org(tag)",
                "<someone@example.org>",
                "Someone <someone@example.org>",
                "someone@example.org, other@example.org",
                "mailto:someone@example.org",
            })
    void namesThatNeedTheirQuotesAndWhatOnlyHeadersCanSayAreNoAddresses(String text) {
        assertThat(EmailAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "some\u00adone", // soft hyphen
                "some\u034fone", // grapheme joiner
                "some\u061cone", // Arabic letter mark
                "some\u115fone", // Hangul filler
                "some\u3164one",
                "some\uffa0one",
                "some\u17b4one", // Khmer vowel that nobody sees
                "some\u180bone", // Mongolian variation selector
                "some\u200bone", // space of no width
                "some\u200cone", // joiners
                "some\u200done",
                "some\u202eone", // right to left
                "some\u2060one",
                "some\u2064one",
                "some\ufe0fone", // variation selector
                "some\ufeffone",
                "some\udb40\udd00one",
                "some\udb40\udc41one", // tag
            })
    void m7NamesWithInvisibleCharactersAreNoAddresses(String name) {
        assertThat(EmailAddress.parse(name + "@example.org")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "someone@a\u200db.example", // a joiner where no script has one
                "someone@a\u200cb.example",
                "someone@xn--a.example", // no Punycode
                "someone@xn--strasse-.example",
                "someone@aא.example", // left to right and right to left
                "someone@א1a.example",
                "someone@\u0308a.example", // a mark upon nothing
                "someone@exa\u2028mple.example",
                "someone@a\ud800.example",
            })
    void m7DomainsThatNobodyCanHaveAreNone(String text) {
        assertThat(EmailAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 300, 100_000})
    void longNamesAreNoAddresses(int length) {
        assertThat(EmailAddress.parse("a".repeat(length) + "@example.org")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 300, 100_000})
    void longLabelsAreNoDomains(int length) {
        assertThat(EmailAddress.parse("someone@" + "a".repeat(length) + ".org")).isEmpty();
        assertThat(EmailAddress.parse("someone@" + "ü".repeat(length) + ".org")).isEmpty();
    }

    private static String canonical(String typed) {
        return EmailAddress.parse(typed).orElseThrow().canonical();
    }
}
