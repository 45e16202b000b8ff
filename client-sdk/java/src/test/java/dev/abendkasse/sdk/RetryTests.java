package dev.abendkasse.sdk;

import static dev.abendkasse.sdk.StubServer.after;
import static dev.abendkasse.sdk.StubServer.hangUp;
import static dev.abendkasse.sdk.StubServer.hangUpHalfWay;
import static dev.abendkasse.sdk.StubServer.json;
import static dev.abendkasse.sdk.StubServer.problem;
import static dev.abendkasse.sdk.StubServer.send;
import static dev.abendkasse.sdk.StubServer.stopHalfWay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.abendkasse.sdk.StubServer.Answer;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CartCreation;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTests {

    private static final Answer CART = json(201, Samples.CART);
    private static final UUID KEY = UUID.randomUUID();

    static Stream<Answer> passingFailures() {
        return Stream.of(
                hangUp(),
                hangUpHalfWay(),
                stopHalfWay(2500),
                after(2500, CART),
                problem(429, "too-many-requests"),
                problem(503, "unavailable"),
                problem(503, "unavailable", "Retry-After", "soon"),
                send(503, "text/html", "<h1>Down</h1>"),
                problem(409, "request-in-progress"));
    }

    @ParameterizedTest
    @MethodSource("passingFailures")
    void aRequestWithKeyIsRepeatedWithTheSameKeyAndBody(Answer failure) throws ApiException {
        try (var server = new StubServer(failure, CART)) {
            var cart = create(server, KEY);

            assertThat(cart).isEqualTo("7KQ2XM");
            assertThat(server.requests()).hasSize(2).allSatisfy(request -> {
                assertThat(request.header("Idempotency-Key")).isEqualTo(KEY.toString());
                assertThat(request.body()).contains("main");
            });
        }
    }

    @ParameterizedTest
    @MethodSource("passingFailures")
    void aPostWithoutKeyIsNeverRepeated(Answer failure) {
        try (var server = new StubServer(failure, CART)) {
            assertThatExceptionOfType(ApiException.class).isThrownBy(() -> create(server, null));

            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aReadIsRepeated() throws ApiException {
        try (var server = new StubServer(problem(503, "unavailable"), json(200, Samples.CART))) {
            client(server).build().carts().getCart(UUID.randomUUID());

            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aDeleteWithoutKeyIsNotRepeated() {
        try (var server = new StubServer(problem(503, "unavailable"), json(200, Samples.CART))) {
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> client(server).build().carts().abandonCart(UUID.randomUUID(), null));

            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 429})
    void waitsAsLongAsTheServerAsks(int status) throws ApiException {
        try (var server = new StubServer(problem(status, "unavailable", "Retry-After", "1"), CART)) {
            create(server, KEY);

            assertThat(secondsBetweenRequests(server)).isBetween(1.0, 10.0);
        }
    }

    @Test
    void waitsUntilTheInstantTheServerNames() throws ApiException {
        var later = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(2).atOffset(ZoneOffset.UTC));
        try (var server = new StubServer(problem(503, "unavailable", "Retry-After", later), CART)) {
            create(server, KEY);

            assertThat(secondsBetweenRequests(server)).isBetween(0.5, 10.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3600", "99999999999999999999", "Fri, 01 Jan 2100 00:00:00 GMT"})
    void doesNotWaitLongerThanAllowed(String retryAfter) {
        try (var server = new StubServer(problem(503, "unavailable", "Retry-After", retryAfter), CART)) {
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> create(server, KEY))
                    .satisfies(e -> assertThat(e.getCode()).isEqualTo(503))
                    .satisfies(e -> assertThat(e.getResponseHeaders().firstValue("Retry-After"))
                            .contains(retryAfter));

            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void givesUpAfterThreeAttemptsWithTheLastAnswer() {
        try (var server = new StubServer(problem(503, "unavailable"))) {
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> create(server, KEY))
                    .satisfies(e -> assertThat(AbendkasseProblem.from(e))
                            .hasValueSatisfying(
                                    problem -> assertThat(problem.getCode()).isEqualTo("unavailable")));

            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void givesUpAfterThreeAttemptsWithTheLastFailure() {
        try (var server = new StubServer(hangUp())) {
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> create(server, KEY))
                    .withCauseInstanceOf(IOException.class);

            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void startsNoAttemptTooLate() {
        try (var server = new StubServer(problem(503, "unavailable"))) {
            var patient = new RetryPolicy(100, Duration.ofMillis(100), Duration.ofMillis(1500));
            var carts = client(server).retries(patient).build().carts();

            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> carts.createCart(new CartCreation(), KEY))
                    .satisfies(e -> assertThat(e.getCode()).isEqualTo(503));
            assertThat(server.requests()).hasSizeBetween(2, 6);
        }
    }

    @Test
    void doesNotRepeatIfToldNotTo() {
        try (var server = new StubServer(problem(503, "unavailable"), CART)) {
            var carts = client(server).retries(RetryPolicy.NONE).build().carts();

            assertThatExceptionOfType(ApiException.class).isThrownBy(() -> carts.createCart(new CartCreation(), KEY));
            assertThat(server.requests()).hasSize(1);
        }
    }

    static Stream<Answer> finalAnswers() {
        return Stream.of(
                problem(409, "cart-hijacked"),
                send(409, "text/html", "<h1>Conflict</h1>"),
                send(409, "text/plain", ""),
                problem(422, "idempotency-key-reused"),
                problem(500, "internal-error"));
    }

    @ParameterizedTest
    @MethodSource("finalAnswers")
    void anAnswerThatWillNotChangeIsNotAskedForAgain(Answer answer) {
        try (var server = new StubServer(answer)) {
            assertThatExceptionOfType(ApiException.class).isThrownBy(() -> create(server, KEY));

            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theReadTimeoutCoversTheWholeAnswer(boolean silent) {
        try (var server = new StubServer(silent ? after(3000, CART) : stopHalfWay(3000))) {
            var carts = AbendkasseClient.at(server.url())
                    .readTimeout(Duration.ofMillis(300))
                    .build()
                    .carts();
            var start = Instant.now();

            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> carts.createCart(new CartCreation(), null))
                    .withCauseInstanceOf(HttpTimeoutException.class);
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void theConnectTimeoutReachesTheHttpClient() {
        try (var server = new StubServer(CART)) {
            var connection = new ClientBuilder<>(server.url(), made -> made)
                    .connectTimeout(Duration.ofMillis(1234))
                    .build();

            assertThat(connection.apiClient().getHttpClient().connectTimeout()).contains(Duration.ofMillis(1234));
        }
    }

    @Test
    void anInterruptedCallEndsAtOnce() throws InterruptedException {
        try (var server = new StubServer(problem(503, "unavailable", "Retry-After", "30"))) {
            var call = new Thread(() -> assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> create(server, KEY))
                    .withCauseInstanceOf(InterruptedException.class));
            call.start();
            server.awaitRequest();

            call.interrupt();
            call.join(2000);

            assertThat(call.isAlive()).isFalse();
        }
    }

    @Test
    void pausesGrowAndVary() {
        var policy = new RetryPolicy(5, Duration.ofMillis(100), Duration.ofSeconds(10));

        for (var i = 0; i < 100; i++) {
            assertThat(policy.pauseAfter(1)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
            assertThat(policy.pauseAfter(3)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
        }
        assertThat(Stream.generate(() -> policy.pauseAfter(1)).limit(10).distinct())
                .hasSizeGreaterThan(1);
    }

    private static double secondsBetweenRequests(StubServer server) {
        var requests = server.requests();
        assertThat(requests).hasSize(2);
        return (requests.get(1).nanos() - requests.get(0).nanos()) / 1e9;
    }

    private static String create(StubServer server, UUID key) throws ApiException {
        var creation = new CartCreation().shopId("main");
        return client(server).build().carts().createCart(creation, key).getPickupCode();
    }

    private static ClientBuilder<AbendkasseClient> client(StubServer server) {
        return AbendkasseClient.at(server.url()).readTimeout(Duration.ofMillis(1500));
    }
}
