package dev.abendkasse.server.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.FluxExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

class AccountTests {

    private static final String PASSWORD = "correct horse battery";

    private static TestDatabase database;
    private static TestServer server;
    private static WebTestClient http;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        server = TestServer.on(database);
        http = server.http();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whoRegistersCanSignInAndSeeTheAccount() {
        var email = email();
        register(email, PASSWORD).expectStatus().isAccepted();

        me(tokenOf(login(email.toUpperCase(), PASSWORD)))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.email")
                .isEqualTo(email)
                .jsonPath("$.name")
                .isEqualTo("Example Customer");
    }

    @Test
    void aSessionSaysHowLongItLasts() {
        var email = email();
        register(email, PASSWORD);

        login(email, PASSWORD)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.tokenType")
                .isEqualTo("Bearer")
                .jsonPath("$.expiresIn")
                .isEqualTo(900);
    }

    @Test
    void m17KnownAddressIsAnsweredLikeANewOneAndStaysAsItIs() {
        var email = email();
        var first = register(email, PASSWORD).expectStatus().isAccepted().returnResult(String.class);
        var second =
                register(email, "another password").expectStatus().isAccepted().returnResult(String.class);

        assertThat(Awaited.of(second.getResponseBody().next()))
                .isEqualTo(Awaited.of(first.getResponseBody().next()));
        assertThat(headersButDate(second)).isEqualTo(headersButDate(first));
        login(email, PASSWORD).expectStatus().isOk();
        login(email, "another password").expectStatus().isUnauthorized();
    }

    @Test
    void m7AndM8RegistrationsAtOnceOfOneAddressMakeOneAccount() {
        var email = email();
        var client = WebClient.create(server.address().toString());

        var statuses = Awaited.of(Flux.range(0, 20)
                .flatMap(
                        i -> client.post()
                                .uri("/v1/customers")
                                .contentType(MediaType.APPLICATION_JSON)
                                .bodyValue(registration(i % 2 == 0 ? email : email.toUpperCase(), PASSWORD))
                                .exchangeToMono(answer -> answer.releaseBody()
                                        .thenReturn(answer.statusCode().value())),
                        20)
                .collectList());

        assertThat(statuses).containsOnly(202);
        assertThat(count("customer_email where canonical = '" + email + "'")).isOne();
        assertThat(count("customer where customer_id not in (select customer_id from customer_email)"))
                .isZero();
    }

    @Test
    void m17FailedLoginsTellEveryoneTheSame() {
        var email = email();
        register(email, PASSWORD);

        var wrongPassword =
                login(email, "wrong").expectStatus().isUnauthorized().returnResult(String.class);
        var unknown = login(email(), PASSWORD).expectStatus().isUnauthorized().returnResult(String.class);
        var noAddress =
                login("nobody", PASSWORD).expectStatus().isUnauthorized().returnResult(String.class);

        var body = Awaited.of(wrongPassword.getResponseBody().next());
        assertThat(body).contains("\"login-failed\"");
        assertThat(Awaited.of(unknown.getResponseBody().next())).isEqualTo(body);
        assertThat(Awaited.of(noAddress.getResponseBody().next())).isEqualTo(body);
        assertThat(headersButDate(unknown)).isEqualTo(headersButDate(wrongPassword));
    }

    @ParameterizedTest
    @CsvSource({"0, 401", "1, 401", "73, 401", "4096, 401", "4097, 400"})
    void anyPasswordCanBeTried(int length, int status) {
        login(email(), "ä".repeat(length)).expectStatus().isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"7, 400", "8, 202", "4096, 202", "4097, 400"})
    void passwordsHaveBounds(int length, int status) {
        register(email(), "ä".repeat(length)).expectStatus().isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"nobody", "someone@localhost", "some\u200bone@example.org", "someone@example.org."})
    void whatIsNoAddressCannotRegister(String email) {
        register(email, PASSWORD)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("#/email");
    }

    @Test
    void theStoredHashIsArgon2id() {
        var email = email();
        register(email, PASSWORD);

        var hash = Awaited.of(database.client()
                .sql("select password_hash from customer join customer_email using (customer_id) where email = :email")
                .bind("email", email)
                .mapValue(String.class)
                .one());
        assertThat(hash).startsWith("{argon2}$argon2id$v=19$m=19456,t=2,p=1$");
    }

    @Test
    void guessingAtOneAccountIsSlowedDownAndItsOwnerElsewhereIsNot() {
        var settings = Map.<String, Object>of(
                "abendkasse.security.sign-ins-per-minute", "3", "server.forward-headers-strategy", "framework");
        var email = email();
        register(email, PASSWORD);
        try (var strict = TestServer.on(database, settings)) {
            for (int i = 0; i < 3; i++) {
                login(strict, "10.0.0.1", email, "wrong").expectStatus().isUnauthorized();
            }
            login(strict, "10.0.0.1", email.toUpperCase(), PASSWORD)
                    .expectStatus()
                    .isEqualTo(429)
                    .expectHeader()
                    .exists("Retry-After");
            login(strict, "10.0.0.2", email, PASSWORD).expectStatus().isOk();
        }
    }

    @Test
    void aTokenOfAnAccountThatIsGoneIsWorthNothing() {
        var email = email();
        register(email, PASSWORD);
        var token = tokenOf(login(email, PASSWORD));
        Awaited.of(database.client().sql("""
                        with gone as (delete from customer_email where email = :email returning customer_id)
                        delete from customer where customer_id in (select customer_id from gone)
                        """).bind("email", email).then());

        me(token).expectStatus().isUnauthorized();
    }

    private static ResponseSpec register(String email, String password) {
        return post(http, "/v1/customers", registration(email, password));
    }

    private static Map<String, String> registration(String email, String password) {
        return Map.of("email", email, "name", "Example Customer", "password", password);
    }

    private static ResponseSpec login(String email, String password) {
        return post(http, "/v1/sessions", Map.of("email", email, "password", password));
    }

    private static ResponseSpec login(TestServer server, String address, String email, String password) {
        var client =
                server.http().mutate().defaultHeader("X-Forwarded-For", address).build();
        return post(client, "/v1/sessions", Map.of("email", email, "password", password));
    }

    private static ResponseSpec post(WebTestClient client, String path, Map<String, String> body) {
        return client.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private static ResponseSpec me(String token) {
        return http.get()
                .uri("/v1/me")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }

    private static String tokenOf(ResponseSpec login) {
        var body = login.expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return JsonMapper.shared().readTree(body).path("accessToken").asString();
    }

    private static String email() {
        return "customer-" + UUID.randomUUID() + "@example.org";
    }

    private static long count(String from) {
        return Awaited.of(database.client()
                .sql("select count(*) from " + from)
                .mapValue(Long.class)
                .one());
    }

    /** All headers but the instant of the answer, which says nothing about the account. */
    private static Map<String, String> headersButDate(FluxExchangeResult<?> answer) {
        var headers = answer.getResponseHeaders().toSingleValueMap();
        return headers.entrySet().stream()
                .filter(header -> !header.getKey().equalsIgnoreCase(HttpHeaders.DATE))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
