package dev.abendkasse.server.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatchKeyTests {

    @ParameterizedTest
    @CsvSource({
        "some.one+tag@gmail.com, someone@gmail.com",
        "S.O.M.E.O.N.E@GoogleMail.com, someone@gmail.com",
        "someone+a+b@gmail.com, someone@gmail.com",
        "someone+@gmail.com, someone@gmail.com",
        "someone+t.a.g@gmail.com, someone@gmail.com",
        "someone+tag@outlook.com, someone@outlook.com",
        "someone+tag@hotmail.de, someone@hotmail.de",
        "someone+tag@live.com, someone@live.com",
        "someone+tag@hotmail.co.uk, someone@hotmail.co.uk",
        "someone+tag@msn.com, someone@msn.com",
        "someone+a@me.com, someone@icloud.com",
        "someone@mac.com, someone@icloud.com",
        "someone+tag@protonmail.com, someone@proton.me",
        "some.one@pm.me, someone@proton.me",
        "some_o-n.e+tag@protonmail.ch, someone@proton.me",
        "someone+tag@fastmail.com, someone@fastmail.com",
        "someone+tag@fastmail.fm, someone@fastmail.fm",
        "tag@someone.fastmail.com, someone@fastmail.com",
        "any+thing@someone.fastmail.fm, someone@fastmail.fm",
        "some.one@yandex.com, some-one@yandex.ru",
        "some-one@ya.ru, some-one@yandex.ru",
        "someone@yandex.kz, someone@yandex.ru",
        "someone@posteo.net, someone@posteo.de",
        "someone@posteo.at, someone@posteo.de",
        "someone+tag@mailfence.com, someone@mailfence.com",
        "someone+tag@runbox.com, someone@runbox.com",
    })
    void b2SpellingsOfOneMailboxHaveOneKey(String typed, String key) {
        assertThat(MatchKey.of(typed)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "some.one@example.org, some.one@example.org",
        "someone+tag@example.org, someone+tag@example.org",
        "some-one@example.org, some-one@example.org",
        "some.one@outlook.com, some.one@outlook.com",
        "some.one@icloud.com, some.one@icloud.com",
        "some.one@fastmail.com, some.one@fastmail.com",
        "some_one@gmail.com, some_one@gmail.com",
        "some-one@gmail.com, some-one@gmail.com",
        "some_one@yandex.ru, some_one@yandex.ru",
        "someone+tag@yandex.ru, someone+tag@yandex.ru",
        "some.one@posteo.de, some.one@posteo.de",
        "someone+tag@posteo.de, someone+tag@posteo.de",
        // Addresses of their own there, whose first half gets no mail.
        "someone-tag@yahoo.com, someone-tag@yahoo.com",
        "some.one@yahoo.de, some.one@yahoo.de",
        "someone+tag@gmx.de, someone+tag@gmx.de",
        "some.one@gmx.net, some.one@gmx.net",
        "some.one+tag@web.de, some.one+tag@web.de",
        "some.one+tag@t-online.de, some.one+tag@t-online.de",
        "someone+tag@mailbox.org, someone+tag@mailbox.org",
        "someone+tag@tuta.com, someone+tag@tuta.com",
        "someone+tag@hey.com, someone+tag@hey.com",
        "someone+tag@zoho.com, someone+tag@zoho.com",
        // Further domains of one company, but of other people.
        "someone@outlook.de, someone@outlook.de",
        "someone@hotmail.com, someone@hotmail.com",
        "someone@live.com, someone@live.com",
        "someone@fastmail.fm, someone@fastmail.fm",
        // Only part of a provider's name.
        "some.one@gmail.com.example.org, some.one@gmail.com.example.org",
        "some.one@mail.gmail.com, some.one@mail.gmail.com",
        "some.one@gmail.de, some.one@gmail.de",
        "tag@someone.example.org, tag@someone.example.org",
        "tag@someone.gmail.com, tag@someone.gmail.com",
        "tag@some.one.fastmail.com, tag@some.one.fastmail.com",
        // Nothing would be left.
        "+tag@gmail.com, +tag@gmail.com",
        "-@proton.me, -@proton.me",
    })
    void b2StrangersKeepKeysOfTheirOwn(String typed, String key) {
        assertThat(MatchKey.of(typed)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "someone@bücher.example, someone@xn--bcher-kva.example",
        "someone@BÜCHER.example, someone@bücher.example",
        "someone@bu\u0308cher.example, someone@bücher.example",
        "someone@bücher．example, someone@bücher.example",
        "someone@bü\u00adcher.example, someone@bücher.example",
        "someone@straße.example, someone@STRAßE.example",
        "someone@straße.example, someone@stra\u1e9ee.example",
        "some.one+tag@ｇｍａｉｌ．com, someone@gmail.com",
        "someone@例え.テスト, someone@xn--r8jz45g.xn--zckzah",
    })
    void b2SpellingsOfOneDomainHaveOneKey(String one, String other) {
        assertThat(MatchKey.of(one)).isEqualTo(MatchKey.of(other));
    }

    @ParameterizedTest
    @CsvSource({
        "SOMEONE@example.org, someone@example.org",
        "ｓｏｍｅｏｎｅ@example.org, someone@example.org",
        "𝐬𝐨𝐦𝐞𝐨𝐧𝐞@example.org, someone@example.org",
        "ⓢⓞⓜⓔⓞⓝⓔ@example.org, someone@example.org",
        "ﬁnn@example.org, finn@example.org",
        "JÜRGEN@example.org, jürgen@example.org",
        "ju\u0308rgen@example.org, jürgen@example.org",
        "\u212Aäthe@example.org, käthe@example.org", // the sign for kelvin
        "ſomeone@example.org, someone@example.org", // long s
        "ΟΔΥΣΣΕΥΣ@example.org, οδυσσευς@example.org",
        "οδυσσευσ@example.org, οδυσσευς@example.org",
        "ΟΔΥΣΣΕΥΣ.Α@example.org, οδυσσευς.α@example.org",
        "WEI\u1e9e@example.org, weiß@example.org",
        "İ@example.org, i\u0307@example.org",
        "ᏣᎳᎩ@example.org, ꮳꮃꭹ@example.org",
        "H\u0331@example.org, \u1e96@example.org",
    })
    void b2CaseWidthAndCompositionMeanNothing(String one, String other) {
        assertThat(MatchKey.of(one)).isEqualTo(MatchKey.of(other));
    }

    @ParameterizedTest
    @CsvSource({
        "аnna@example.org, anna@example.org", // Cyrillic а
        "someοne@example.org, someone@example.org", // Greek omicron
        "раураl@example.org, paypal@example.org",
        "ıvo@example.org, ivo@example.org", // without a dot
        "İvo@example.org, ivo@example.org",
        "weiß@example.org, weiss@example.org",
        "jürgen@example.org, juergen@example.org",
        "jürgen@example.org, jurgen@example.org",
        "someone0@example.org, someoneo@example.org",
        "somel@example.org, some1@example.org",
        "rnartin@example.org, martin@example.org",
        "someone@exаmple.org, someone@example.org", // Cyrillic а
        "someone@straße.example, someone@strasse.example",
        "someone@βόλος.example, someone@βόλοσ.example",
        "someone@bücher.example, someone@bucher.example",
        "some.one@gmаil.com, someone@gmail.com", // Cyrillic а
        "some\u02d9one@gmail.com, some.one@gmail.com",
    })
    void b2LettersThatLookAlikeTellStrangersApart(String one, String other) {
        assertThat(MatchKey.of(one)).isNotEqualTo(MatchKey.of(other));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"john.doe\"@example.org, john.doe@example.org",
                "\"John.Doe\"@EXAMPLE.org, john.doe@example.org",
                "\"jo\\hn\"@example.org, john@example.org",
                "＂john＂@example.org, john@example.org",
                "\"john.doe+tag\"@gmail.com, johndoe@gmail.com",
                "\"john+tag\"@example.org, john+tag@example.org",
            })
    void b2QuotesThatAreNotNeededMeanNothing(String typed, String key) {
        assertThat(MatchKey.of(typed)).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"john doe\"@example.org",
                "\"john@doe\"@example.org",
                "\"john\".doe@example.org",
                "\"\"@gmail.com",
                "\"john. doe\"@gmail.com",
                "john(tag)@example.org",
                "john@example.org.",
                "john@[127.0.0.1]",
                "jo\u200bhn@example.org",
                "no address",
            })
    void b2WhatIsNoAddressStandsForItself(String text) {
        assertThat(MatchKey.of(text)).isEqualTo(text);
        assertThat(MatchKey.of(" " + text.toUpperCase() + " ")).isEqualTo(text);
    }

    @Test
    void b2AddressesOfALengthThatNobodyHasAreKeysOfTheirOwn() {
        var name = "a".repeat(64);

        assertThat(MatchKey.of(name + "@gmail.com")).isEqualTo(name + "@gmail.com");
        assertThat(MatchKey.of(name + "+tag@gmail.com")).isEqualTo(name + "+tag@gmail.com");
    }
}
