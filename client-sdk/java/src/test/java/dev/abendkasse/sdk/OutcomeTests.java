package dev.abendkasse.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CheckoutOutcome;
import dev.abendkasse.sdk.model.CheckoutRequest;
import java.net.URI;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeTests {

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of(Samples.CONFIRMED, Outcome.Confirmed.class),
                Arguments.of(Samples.PAYMENT_REQUIRED, Outcome.PaymentRequired.class),
                Arguments.of(Samples.RESERVED, Outcome.Reserved.class),
                Arguments.of(Samples.UNDER_REVIEW, Outcome.UnderReview.class),
                Arguments.of(Samples.REDIRECT, Outcome.Redirect.class));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void readsEveryOutcomeAndWritesItBackUnchanged(String json, Class<?> type) {
        var read = Connection.JSON.readValue(json, CheckoutOutcome.class);
        var written = Connection.JSON.writeValueAsString(read);

        assertThat(Outcome.of(read)).isExactlyInstanceOf(type);
        assertThat(Connection.JSON.readTree(written)).isEqualTo(Connection.JSON.readTree(json));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void foldAnswersWithTheCaseThatIs(String json, Class<?> type) {
        Class<?> answered = outcome(json)
                .fold(
                        confirmed -> Outcome.Confirmed.class,
                        paymentRequired -> Outcome.PaymentRequired.class,
                        reserved -> Outcome.Reserved.class,
                        underReview -> Outcome.UnderReview.class,
                        redirect -> Outcome.Redirect.class);

        assertThat(answered).isEqualTo(type);
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void textFormsKeepTheSecretOfTheOrder(String json) {
        assertThat(outcome(json).toString()).doesNotContain("order-secret");
    }

    @Test
    void carriesWhatTheAnswerSaid() {
        var required = (Outcome.PaymentRequired) outcome(Samples.PAYMENT_REQUIRED);
        var review = (Outcome.UnderReview) outcome(Samples.UNDER_REVIEW);
        var confirmed = (Outcome.Confirmed) outcome(Samples.CONFIRMED);
        var reserved = (Outcome.Reserved) outcome(Samples.RESERVED);

        assertThat(required.payment().getUrl()).isEqualTo(URI.create("https://pay.example.org/p/0199d1f2"));
        assertThat(required.orderToken()).isEqualTo("order-secret-0123456789");
        assertThat(review.caseNumber()).isEqualTo("1234567893");
        assertThat(review.orderId()).isEqualTo(required.orderId());
        assertThat(confirmed.order().getOrderNumber()).isEqualTo("100042");
        assertThat(reserved.payUntil()).isEqualTo("2026-12-08T18:05:12Z");
        assertThat(outcome(Samples.REDIRECT))
                .isEqualTo(new Outcome.Redirect(URI.create("https://shop.example.org/events")));
    }

    @Test
    void anOutcomeThisSdkDoesNotKnowIsAnErrorThatSaysSo() {
        try (var server = new StubServer(StubServer.json(200, "{\"outcome\": \"RAFFLED\"}"))) {
            var checkout = AbendkasseClient.at(server.url()).build().checkout();

            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() ->
                            checkout.checkout(UUID.randomUUID(), UUID.randomUUID(), "\"1\"", new CheckoutRequest()))
                    .havingCause()
                    .withMessageContaining("Failed deserialization for CheckoutOutcome");
        }
    }

    @Test
    void anEmptyOutcomeIsAnErrorThatSaysSo() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Outcome.of(new CheckoutOutcome()))
                .withMessageContaining("does not know");
    }

    private static Outcome outcome(String json) {
        return Outcome.of(Connection.JSON.readValue(json, CheckoutOutcome.class));
    }
}
