package dev.abendkasse.server.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTextTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "It answered 503 | It answered 503",
                "payment 0199d1f2-77aa-7b01-8c02-112233445566 is unknown | payment 0199d1f2-77aa-7b01-8c02-112233445566 is unknown",
                "in WebClientRequestException: Connection refused: localhost/127.0.0.1:8081 | in WebClientRequestException: Connection refused: localhost/127.0.0.1:8081",
                "550 5.1.1 <buyer@example.org>: rejected | 550 5.1.1 <…>: rejected",
                "GET https://shop.example.org:8443/hooks/abc?key=1#x failed | GET https://shop.example.org:8443 failed",
                "https://user:word@shop.example.org/ | https://shop.example.org",
                "sent Bearer abc.def and went on | sent Bearer … and went on",
                "password=geheim, user=1 | password=… user=1",
                "{\"secret\": \"not for you\"} | {\"secret\": …}",
                "Invalid API key: sk_test_51HZ0123456789abcdefgh | Invalid API key: …",
                "whsec_MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0 | …"
            })
    void failureIsToldWithoutSecretsAndPersons(String message, String shown) {
        assertThat(FailureText.of(new IllegalStateException(message)))
                .isEqualTo("java.lang.IllegalStateException: " + shown);
    }

    @Test
    void failureIsOneLineOfBoundedLength() {
        var text = FailureText.of(new IllegalStateException("a\nb\r\n\tc\0d " + "word ".repeat(10_000)));

        assertThat(text)
                .startsWith("java.lang.IllegalStateException: a b c d word")
                .hasSize(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"@", "a@", "://", "http://", "\"secret\":\"", "Bearer ", "=", "@@@@@@@@@@@@@@@@@@@@@@@@", "x://@"
            })
    void halfOfAnythingDoesNoHarm(String message) {
        assertThat(FailureText.of(new IllegalStateException(message.repeat(100))))
                .hasSizeLessThanOrEqualTo(1000);
    }
}
