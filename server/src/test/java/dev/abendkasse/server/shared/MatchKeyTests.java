package dev.abendkasse.server.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchKeyTests {

    @ParameterizedTest
    @CsvSource({
        "some.one+tag@gmail.com, someone@gmail.com",
        "S.O.M.E.O.N.E@GoogleMail.com, someone@gmail.com",
        "someone+tag@outlook.com, someone@outlook.com",
        "someone+tag@hotmail.de, someone@hotmail.de",
        "someone+tag@live.com, someone@live.com",
        "someone+a@me.com, someone@icloud.com",
        "someone@mac.com, someone@icloud.com",
        "someone+tag@fastmail.com, someone@fastmail.com",
        "someone+tag@protonmail.com, someone@proton.me",
    })
    void b2SpellingsOfOneMailboxHaveOneKey(String typed, String key) {
        assertThat(MatchKey.of(typed)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "some.one@example.org, some.one@example.org",
        "someone+tag@example.org, someone+tag@example.org",
        "some.one@outlook.com, some.one@outlook.com",
        "some.one@icloud.com, some.one@icloud.com",
        "someone@gmail.com.example.org, someone@gmail.com.example.org",
        "+tag@gmail.com, +tag@gmail.com",
        "someone@outlook.com, someone@outlook.com",
        "someone@hotmail.com, someone@hotmail.com",
        "No Address, no address",
    })
    void b2StrangersKeepKeysOfTheirOwn(String typed, String key) {
        assertThat(MatchKey.of(typed)).isEqualTo(key);
    }
}
