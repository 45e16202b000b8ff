package dev.abendkasse.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The keys of access tokens, on two replicas. */
class TokenKeyTests {

    private static final String KEYS = "/v1/admin/token-keys";
    private static final String PUBLIC = "/.well-known/jwks.json";

    private static TestDatabase database;
    private static TestServer first;
    private static TestServer second;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        first = TestServer.on(database);
        second = TestServer.on(database);
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
    }

    @Test
    void thePublicKeysAreForAnyoneAndMayBeKeptForAWhile() {
        var answer = call(first, HttpMethod.GET, PUBLIC, null);

        assertThat(answer.getStatus().value()).isEqualTo(200);
        assertThat(answer.getResponseHeaders().getCacheControl()).contains("max-age=300", "public");
        assertThat(json(answer).get("keys"))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(key -> assertThat(key.has("d")).as("private part").isFalse());
        assertThat(json(answer).at("/keys/0/kid").asString()).isEqualTo(keyOf(token(first)));
    }

    @Test
    void theNextKeyIsKnownEverywhereBeforeItSignsAndTheLastOneStaysGood() {
        var before = token(first);
        var next = state("NEXT");
        assertThat(published(second)).contains(next);

        assertThat(call(first, HttpMethod.POST, KEYS, before).getStatus().value())
                .isEqualTo(200);

        var after = token(first);
        assertThat(keyOf(after)).isEqualTo(next);
        assertThat(status(second, after)).isEqualTo(200);
        assertThat(status(second, before)).isEqualTo(200);
        assertThat(state("NEXT")).isNotEqualTo(next);
        Awaitility.await().untilAsserted(() -> assertThat(published(second)).contains(keyOf(before), state("NEXT")));
    }

    @Test
    void aWithdrawnKeysTokensStopEverywhereWithinSecondsAndOthersGoOn() {
        var leaked = token(first);
        assertThat(status(second, leaked)).isEqualTo(200);

        var answer = call(first, HttpMethod.PUT, KEYS + "/" + keyOf(leaked) + "/withdrawal", leaked);

        assertThat(answer.getStatus().value()).isEqualTo(200);
        assertThat(status(first, leaked)).isEqualTo(401);
        var present = token(first);
        assertThat(status(second, present)).isEqualTo(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(status(second, leaked)).isEqualTo(401));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(status(first, token(second))).isEqualTo(200));
        assertThat(published(second)).doesNotContain(keyOf(leaked));
        assertThat(call(first, HttpMethod.PUT, KEYS + "/" + keyOf(leaked) + "/withdrawal", present)
                        .getStatus()
                        .value())
                .as("once more")
                .isEqualTo(200);
        assertThat(call(first, HttpMethod.PUT, KEYS + "/nothing/withdrawal", present)
                        .getStatus()
                        .value())
                .isEqualTo(404);
    }

    @Test
    void aKeyThatSignedForLongGivesWayByItselfAndIsForgottenWhenItsTokensHaveRunOut() {
        var before = token(first);
        execute("update signing_key set activated_at = clock_timestamp() - interval '91 days' where state = 'ACTIVE'"
                + " and purpose = 'access-token'");

        Awaited.of(first.bean(SigningKeys.class).rotateInTime());
        Awaited.of(second.bean(SigningKeys.class).rotateInTime());

        assertThat(count("state = 'ACTIVE'")).isOne();
        assertThat(keyOf(token(first))).isEqualTo(keyOf(token(second))).isNotEqualTo(keyOf(before));
        assertThat(status(first, before)).isEqualTo(200);
        assertThat(count("state = 'RETIRED' and length(private_key) > 0"))
                .as("private parts of keys that no longer sign")
                .isZero();

        execute("update signing_key set ended_at = clock_timestamp() - interval '63 minutes' where state = 'RETIRED'");
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(published(first)).doesNotContain(keyOf(before)));
    }

    private static String token(TestServer server) {
        return Awaited.of(server.bean(Tokens.class).forStaff("admin", 1, Set.of("admin")))
                .value();
    }

    private static String keyOf(String token) {
        var header = token.substring(0, token.indexOf('.'));
        return JsonMapper.shared()
                .readTree(Base64.getUrlDecoder().decode(header))
                .get("kid")
                .asString();
    }

    private static List<String> published(TestServer server) {
        return json(call(server, HttpMethod.GET, PUBLIC, null)).get("keys").findValuesAsString("kid");
    }

    private static int status(TestServer server, String token) {
        return call(server, HttpMethod.GET, KEYS, token).getStatus().value();
    }

    private static EntityExchangeResult<byte[]> call(
            TestServer server, HttpMethod method, String path, @Nullable String token) {
        return server.http()
                .method(method)
                .uri(path)
                .headers(headers -> {
                    if (token != null) {
                        headers.setBearerAuth(token);
                    }
                })
                .exchange()
                .expectBody()
                .returnResult();
    }

    private static JsonNode json(EntityExchangeResult<byte[]> answer) {
        return JsonMapper.shared().readTree(answer.getResponseBody());
    }

    private static String state(String state) {
        return Awaited.of(database.client()
                .sql("select key_id from signing_key where purpose = 'access-token' and state = '" + state + "'")
                .mapValue(String.class)
                .one());
    }

    private static long count(String condition) {
        return Awaited.of(database.client()
                .sql("select count(*) from signing_key where purpose = 'access-token' and " + condition)
                .mapValue(Long.class)
                .one());
    }

    private static void execute(String sql) {
        Awaited.of(database.client().sql(sql).then());
    }
}
