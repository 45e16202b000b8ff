package dev.abendkasse.server.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTests {

    @ParameterizedTest
    @CsvSource({
        "https://Shop.Example.org/back?a=b#c, https://shop.example.org",
        "HTTPS://shop.example.org:443/, https://shop.example.org",
        "http://localhost:80, http://localhost",
        "http://localhost:8443/x, http://localhost:8443",
        "http://[::1]:5173/, http://[::1]:5173"
    })
    void originIsSchemeHostAndUnusualPort(String url, String origin) {
        assertThat(Origin.of(url)).contains(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/events",
                "//shop.example.org",
                "javascript:alert(1)",
                "https:shop.example.org",
                "https://",
                "https://user@shop.example.org",
                "https://shop.example.org:99999",
                "https://shop.example.org:0",
                "https://shop.example.org\\@evil.example.org",
                "https://shop_example",
                "ftp://shop.example.org"
            })
    void everythingElseHasNoOrigin(String url) {
        assertThat(Origin.of(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://shop.example.org/", "https://shop.example.org?x", "https://shop.example.org#"})
    void originAloneHasNothingBehindIt(String text) {
        assertThat(Origin.only(text)).isEmpty();
        assertThat(Origin.of(text)).isPresent();
    }
}
