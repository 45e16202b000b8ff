package dev.abendkasse.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestServer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An admin at work over HTTP, and whoever has an account. */
final class AccessOffice {

    static final String STAFF = "/v1/admin/staff-accounts";
    static final String CLIENTS = "/v1/admin/api-clients";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final TestServer server;
    private final String admin;

    AccessOffice(TestServer server) {
        this.server = server;
        this.admin = signIn("admin", TestServer.ADMIN_PASSWORD);
    }

    /** What came back. */
    record Answer(int status, HttpHeaders headers, String text) {

        JsonNode json() {
            return JSON.readTree(text);
        }

        String code() {
            return json().path("code").asString();
        }

        String etag() {
            return headers.getETag();
        }

        Answer is(int expected) {
            assertThat(status).as(text).isEqualTo(expected);
            return this;
        }
    }

    String admin() {
        return admin;
    }

    Answer get(String path) {
        return call(admin, HttpMethod.GET, path, null, Map.of());
    }

    Answer put(String path, @Nullable String etag, @Nullable String body) {
        return call(admin, HttpMethod.PUT, path, body, etag == null ? Map.of() : Map.of("If-Match", etag));
    }

    Answer post(String path, UUID key, String body) {
        return call(admin, HttpMethod.POST, path, body, Map.of("Idempotency-Key", key.toString()));
    }

    Answer delete(String path) {
        return call(admin, HttpMethod.DELETE, path, null, Map.of());
    }

    Answer call(
            @Nullable String token,
            HttpMethod method,
            String path,
            @Nullable String body,
            Map<String, String> headers) {
        var request = server.http().method(method).uri(path).headers(all -> headers.forEach(all::set));
        if (token != null) {
            request.headers(all -> all.setBearerAuth(token));
        }
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).bodyValue(body);
        }
        var result = request.exchange().returnResult(String.class);
        var text = Awaited.of(result.getResponseBody().reduce("", String::concat));
        return new Answer(result.getStatus().value(), result.getResponseHeaders(), text);
    }

    /** A new member of staff. */
    void hire(String userName, String password, String scopes) {
        post(STAFF, UUID.randomUUID(), """
                {"userName": "%s", "password": "%s", "scopes": [%s]}""".formatted(userName, password, scopes))
                .is(201);
    }

    /** A new program's secret. */
    String enrol(String clientId, String scopes) {
        return post(CLIENTS, UUID.randomUUID(), """
                {"clientId": "%s", "name": "A program", "scopes": [%s]}""".formatted(clientId, scopes))
                .is(201)
                .json()
                .get("secret")
                .asString();
    }

    /** The access token of a member of staff. */
    String signIn(String userName, String password) {
        return token("password", "username", userName, "password", password)
                .is(200)
                .json()
                .get("access_token")
                .asString();
    }

    /** The access token of a program. */
    String connect(String clientId, String secret) {
        return connecting(clientId, secret).is(200).json().get("access_token").asString();
    }

    Answer signingIn(String userName, String password) {
        return token("password", "username", userName, "password", password);
    }

    Answer connecting(String clientId, String secret) {
        return token("client_credentials", "client_id", clientId, "client_secret", secret);
    }

    private Answer token(String grant, String nameField, String name, String secretField, String secret) {
        var result = server.http()
                .post()
                .uri("/v1/oauth2/token")
                .body(BodyInserters.fromFormData("grant_type", grant)
                        .with(nameField, name)
                        .with(secretField, secret))
                .exchange()
                .returnResult(String.class);
        var text = Awaited.of(result.getResponseBody().reduce("", String::concat));
        return new Answer(result.getStatus().value(), result.getResponseHeaders(), text);
    }

    /** What this token gets from an address. */
    int status(String token, String path) {
        return call(token, HttpMethod.GET, path, null, Map.of()).status();
    }

    /** Within seconds it is so. */
    static void soon(int expected, IntSupplier status) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(status.getAsInt()).isEqualTo(expected));
    }
}
