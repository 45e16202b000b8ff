package dev.abendkasse.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.testing.Awaited;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.r2dbc.spi.R2dbcRollbackException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProblemHandlerTests {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ProblemHandler handler = handler();

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void everyProblemIsSaidInBothLanguages(ProblemType type) {
        var english = body(answer(new ProblemException(type), "en"));
        var german = body(answer(new ProblemException(type), "de"));

        assertThat(english.path("title").asString()).isNotBlank().doesNotStartWith("problem.");
        assertThat(english.path("detail").asString()).isNotBlank().doesNotStartWith("problem.");
        assertThat(german.path("detail").asString())
                .isNotEqualTo(english.path("detail").asString());
    }

    @Test
    void aProblemHasAllItsMembers() {
        var problem = new ProblemException(
                ProblemType.SEATS_TAKEN,
                List.of(Fault.at("#/items/seatIds/0", "is taken")),
                Map.of("seatIds", List.of("parkett-1-1")));

        var exchange = answer(problem, "en");

        assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(exchange.getResponse().getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(body(exchange)).isEqualTo(JSON.readTree("""
                                {"type": "/problems/seats-taken", "title": "Seats are taken", "status": 409,
                                 "detail": "At least one of the seats is no longer free; nothing was held.",
                                 "instance": "/v1/carts", "code": "seats-taken",
                                 "errors": [{"pointer": "#/items/seatIds/0", "detail": "is taken"}],
                                 "seatIds": ["parkett-1-1"]}
                                """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | en",
                "de | de",
                "de-AT, en;q=0.5 | de",
                "fr, de;q=0.3 | de",
                "fr | en",
                "* | en",
                "'' | en",
                "%%% | en",
            })
    void languageFollowsAcceptLanguage(String asked, String given) {
        var headers = answer(new ProblemException(ProblemType.NOT_FOUND), asked)
                .getResponse()
                .getHeaders();

        assertThat(headers.getFirst("Content-Language")).isEqualTo(given);
        assertThat(headers.getVary()).contains("Accept-Language");
    }

    @ParameterizedTest
    @MethodSource
    void wantOfCapacityIsSaidWithTheTimeToComeBack(Throwable error) {
        var response = answer(error, "en").getResponse();

        assertThat(response.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(response.getHeaders().getFirst("Retry-After")).isEqualTo("2");
    }

    static Stream<Throwable> wantOfCapacityIsSaidWithTheTimeToComeBack() {
        return Stream.of(
                BulkheadFullException.createBulkheadFullException(Bulkhead.ofDefaults("test")),
                new RejectedExecutionException(),
                new DataAccessResourceFailureException("", new R2dbcTimeoutException("acquire")),
                new AuthenticationServiceException("", new R2dbcTimeoutException("acquire")),
                new IllegalStateException(new R2dbcTransientResourceException("lock", "55P03")),
                new IllegalStateException(new R2dbcTransientResourceException("statement", "57014")),
                new IllegalStateException(new R2dbcRollbackException("deadlock", "40P01")),
                new IllegalStateException(new R2dbcRollbackException("serialization", "40001")),
                new IllegalStateException(new R2dbcTransientResourceException("gone", "08006")),
                new IllegalStateException(new R2dbcTransientResourceException("starting", "57P03")));
    }

    @Test
    void aFaultOfOursTellsNothingButAReference() {
        var exchange = answer(new IllegalStateException("secret detail"), "en");

        assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
        assertThat(body(exchange).toString()).doesNotContain("secret").doesNotContain("IllegalState");
        assertThat(body(exchange).path("reference").asString()).matches("[0-9a-f]{16}");
    }

    @ParameterizedTest
    @MethodSource
    void whatSpringRefusesIsAProblemToo(Throwable error, int status) {
        assertThat(answer(error, "en").getResponse().getStatusCode().value()).isEqualTo(status);
    }

    static Stream<Arguments> whatSpringRefusesIsAProblemToo() {
        return Stream.of(
                Arguments.of(new ResponseStatusException(HttpStatus.NOT_FOUND), 404),
                Arguments.of(new NotAcceptableStatusException(List.of()), 406),
                Arguments.of(new UnsupportedMediaTypeStatusException(MediaType.TEXT_PLAIN, List.of()), 415),
                Arguments.of(new DataBufferLimitException(""), 413),
                Arguments.of(new BadCredentialsException(""), 401),
                Arguments.of(new AccessDeniedException(""), 403));
    }

    @Test
    void aWrongMethodIsToldTheRightOnes() {
        var error = new MethodNotAllowedException(HttpMethod.DELETE, List.of(HttpMethod.POST));

        assertThat(answer(error, "en").getResponse().getHeaders().getAllow()).containsExactly(HttpMethod.POST);
    }

    @ParameterizedTest
    @CsvSource({"PT0.001S, 1", "PT1S, 1", "PT1.5S, 2", "PT30S, 30"})
    void waitingTimesAreRoundedUp(Duration wait, String seconds) {
        var problem = ProblemException.retryAfter(ProblemType.TOO_MANY_REQUESTS, wait);

        assertThat(answer(problem, "en").getResponse().getHeaders().getFirst("Retry-After"))
                .isEqualTo(seconds);
    }

    private MockServerWebExchange answer(Throwable error, String language) {
        var request = MockServerHttpRequest.method(HttpMethod.POST, URI.create("/v1/carts"))
                .header("Accept-Language", language)
                .build();
        var exchange = MockServerWebExchange.from(request);
        Awaited.of(handler.handle(exchange, error));
        return exchange;
    }

    private static JsonNode body(MockServerWebExchange exchange) {
        return JSON.readTree(Awaited.of(exchange.getResponse().getBodyAsString()));
    }

    private static ProblemHandler handler() {
        var messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        var texts = new FaultTexts(messages);
        var input = new InputFaults(texts, new JsonFaults(texts));
        return new ProblemHandler(
                new ProblemClassifier(input, new ValidationFaults(texts)), new ProblemWriter(texts, JSON));
    }
}
