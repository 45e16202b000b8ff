package dev.abendkasse.server.helpdesk.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.noContent;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.abendkasse.server.helpdesk.HelpDeskProperties;
import dev.abendkasse.server.outbox.TryLater;
import dev.abendkasse.server.outbox.Undeliverable;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

/** What follows from what a help desk answers. */
class DeskCallsTests {

    private static final String SECRET_PATH = "/a-secret-path";

    @RegisterExtension
    static final WireMockExtension DESK = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @ParameterizedTest
    @ValueSource(ints = {400, 410, 413, 422})
    void whatItUnderstandsAndDoesNotWantIsNotSentAgain(int status) {
        answered(aResponse().withStatus(status), false)
                .as(StepVerifier::create)
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(Undeliverable.class)
                        .hasMessage("The help desk answered " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 403, 404, 405, 408, 409, 429, 500, 502, 503, 504})
    void whatCanBeMendedIsSentAgain(int status) {
        answered(aResponse().withStatus(status).withHeader("Location", "https://elsewhere.example.org/"), false)
                .as(StepVerifier::create)
                .verifyErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(TryLater.class).hasMessage("The help desk answered " + status));
    }

    @Test
    void whatItHasHadAndHasNoMoreIsNotSentAgain() {
        answered(aResponse().withStatus(404), true)
                .as(StepVerifier::create)
                .verifyErrorSatisfies(error -> assertThat(error).isInstanceOf(Undeliverable.class));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void whatIsNoAnswerIsSentAgainAndNoAddressIsNoted(Fault fault) {
        answered(aResponse().withFault(fault), false)
                .as(StepVerifier::create)
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(TryLater.class)
                        .message()
                        .doesNotContain(SECRET_PATH, "localhost"));
    }

    @Test
    void silenceEndsInTime() {
        answered(aResponse().withFixedDelay(5000), false, "100ms")
                .as(StepVerifier::create)
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(TryLater.class)
                        .hasMessage("The help desk did not answer in time"));
    }

    @Test
    void answerWithoutABodyIsAnAnswer() {
        answered(noContent(), false).as(StepVerifier::create).expectNext("").verifyComplete();
    }

    private static Mono<String> answered(ResponseDefinitionBuilder answer, boolean known) {
        return answered(answer, known, "30s");
    }

    private static Mono<String> answered(ResponseDefinitionBuilder answer, boolean known, String limit) {
        DESK.stubFor(get(SECRET_PATH).willReturn(answer));
        var properties = new Binder(
                        new MapConfigurationPropertySource(Map.of("abendkasse.help-desk.time-limit", limit)))
                .bindOrCreate("abendkasse.help-desk", HelpDeskProperties.class);
        var http = new DeskHttp()
                .helpDeskHttp(WebClient.builder(), properties, ConnectionProvider.newConnection())
                .get()
                .uri(DESK.baseUrl() + SECRET_PATH);
        var calls = new DeskCalls(properties);
        return known ? calls.sendAboutKnown(http) : calls.send(http);
    }
}
