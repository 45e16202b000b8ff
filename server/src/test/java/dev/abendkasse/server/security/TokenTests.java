package dev.abendkasse.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.util.UriUtils;

/** Who gets a token, and which tokens count. */
class TokenTests {

    private static final String OFFICE = "/openapi-office.yaml";

    private static TestDatabase database;
    private static TestServer server;
    private static WebTestClient http;
    private static String secret;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        server = TestServer.on(database);
        http = server.http();
        secret = Awaited.of(server.bean(ApiClients.class).create("example-partner", Set.of("partner")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theFirstAdminGetsAllScopesOfStaff() {
        token("grant_type=password&username=ADMIN&password=" + TestServer.ADMIN_PASSWORD)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "no-store")
                .expectBody()
                .jsonPath("$.token_type")
                .isEqualTo("Bearer")
                .jsonPath("$.expires_in")
                .isEqualTo(3600)
                .jsonPath("$.scope")
                .isEqualTo("admin back-office box-office gate");
    }

    @Test
    void fewerScopesCanBeAskedFor() {
        token("grant_type=password&username=admin&scope=gate&password=" + TestServer.ADMIN_PASSWORD)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.scope")
                .isEqualTo("gate");
    }

    @Test
    void aProgramIsKnownByFormOrHeader() {
        token("grant_type=client_credentials&client_id=example-partner&client_secret=" + secret)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.scope")
                .isEqualTo("partner");
        basic("example-partner", secret).expectStatus().isOk();
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type=password&username=admin&password=wrong, 400, invalid_grant",
        "grant_type=password&username=nobody&password=wrong, 400, invalid_grant",
        "grant_type=password&username=admin&password=, 400, invalid_grant",
        "grant_type=password&username=admin, 400, invalid_request",
        "grant_type=password&username=a%00b&password=x, 400, invalid_request",
        "grant_type=password&username=a&username=b&password=x, 400, invalid_request",
        "grant_type=client_credentials, 400, invalid_request",
        "grant_type=client_credentials&client_id=example-partner&client_secret=wrong, 401, invalid_client",
        "grant_type=client_credentials&client_id=nobody&client_secret=wrong, 401, invalid_client",
        "grant_type=authorization_code, 400, unsupported_grant_type",
        "grant_type=%zz, 400, invalid_request",
        "nonsense, 400, invalid_request",
    })
    void refusalsSpeakTheLanguageOfRfc6749(String form, int status, String error) {
        token(form)
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_JSON)
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "no-store")
                .expectBody()
                .json("{\"error\": \"" + error + "\"}");
    }

    @Test
    void moreScopesThanHeldAreRefused() {
        token("grant_type=client_credentials&scope=admin&client_id=example-partner&client_secret=" + secret)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .json("{\"error\": \"invalid_scope\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic !!!", "Basic bm9jb2xvbg==", "Bearer x", "Basic JXp6OnNlY3JldA=="})
    void aBrokenHeaderIsAnUnknownClient(String authorization) {
        http.post()
                .uri("/v1/oauth2/token")
                .header(HttpHeaders.AUTHORIZATION, authorization)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .bodyValue("grant_type=client_credentials")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .exists(HttpHeaders.WWW_AUTHENTICATE)
                .expectBody()
                .json("{\"error\": \"invalid_client\"}");
    }

    @Test
    void aTokenWithOneByteChangedIsWorthNothing() {
        var good = Awaited.of(server.bean(Tokens.class).forStaff("admin", 1, Set.of("admin")))
                .value();
        call(good).expectStatus().isOk();

        var parts = good.split("\\.");
        var payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        var more = encode(payload.replace("\"admin\"", "\"gates\""));
        var none = encode("{\"alg\":\"none\"}");
        for (var bad : List.of(
                parts[0] + "." + more + "." + parts[2],
                none + "." + parts[1] + ".",
                parts[0] + "." + parts[1] + "." + flipped(parts[2]),
                parts[0] + "." + parts[1])) {
            var answer = call(bad).expectStatus().isUnauthorized().returnResult(String.class);
            assertThat(answer.getResponseHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE))
                    .isEqualTo("Bearer error=\"invalid_token\"");
        }
    }

    @Test
    void aTokenOfAnotherIssuerAudienceKeyOrTimeIsWorthNothing() throws Exception {
        var ours = Awaited.of(server.bean(SigningKeys.class).active());
        var theirs = new ECKeyGenerator(Curve.P_256).keyID(ours.getKeyID()).generate();
        var now = Instant.now();

        call(sign(ours, "abendkasse", Tokens.AUDIENCE, now.plusSeconds(60)))
                .expectStatus()
                .isOk();
        call(sign(theirs, "abendkasse", Tokens.AUDIENCE, now.plusSeconds(60)))
                .expectStatus()
                .isUnauthorized();
        call(sign(ours, "another", Tokens.AUDIENCE, now.plusSeconds(60)))
                .expectStatus()
                .isUnauthorized();
        call(sign(ours, "abendkasse", "another", now.plusSeconds(60)))
                .expectStatus()
                .isUnauthorized();
        call(sign(ours, "abendkasse", Tokens.AUDIENCE, now.minusSeconds(120)))
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void anExpiredTokenKeepsNobodyFromWhatIsOpen() {
        http.get()
                .uri("/v1/events")
                .header(HttpHeaders.AUTHORIZATION, "Bearer expired")
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void theOfficePageOpensWithUserNameAndPasswordOnly() {
        office("admin", TestServer.ADMIN_PASSWORD).expectStatus().isOk();
        office("admin", "wrong")
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .value(HttpHeaders.WWW_AUTHENTICATE, value -> assertThat(value).startsWith("Basic "));
        http.get().uri(OFFICE).exchange().expectStatus().isUnauthorized();
        call(server.tokenOf(new Buyers(server, database.client()).customer("customer@example.org")))
                .expectStatus()
                .isForbidden();
    }

    @Test
    void replicasThatStartAtOnceSignWithOneKeyThatOutlivesThem() {
        var fresh = TestDatabase.fresh();
        var starts = IntStream.range(0, 2)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> TestServer.on(fresh)))
                .toList();
        var first = starts.get(0).join();
        var second = starts.get(1).join();
        var token = Awaited.of(first.bean(Tokens.class).forStaff("admin", 1, Set.of("admin")))
                .value();

        call(second, token).expectStatus().isOk();
        first.close();
        second.close();

        assertThat(count(fresh, "signing_key where state = 'ACTIVE'")).isOne();
        assertThat(count(fresh, "staff_account")).isOne();
        try (var restarted = TestServer.on(fresh)) {
            call(restarted, token).expectStatus().isOk();
        }
    }

    @Test
    void theKeyIsUnreadableInTheDatabase() {
        var stored = Awaited.of(database.client()
                .sql("select string_agg(encode(private_key, 'escape'), ' ') from signing_key")
                .mapValue(String.class)
                .one());

        assertThat(stored).doesNotContain("\"d\"").doesNotContain("P-256");
    }

    @Test
    void aLostPasswordOfTheFirstAdminCanBeSetAnew() {
        var fresh = TestDatabase.fresh();
        TestServer.on(fresh).close();

        try (var again = TestServer.on(fresh, Map.of("abendkasse.security.new-admin-password", "another-password"))) {
            var form = "grant_type=password&username=admin&password=";
            token(again.http(), form + "another-password").expectStatus().isOk();
            token(again.http(), form + TestServer.ADMIN_PASSWORD).expectStatus().isBadRequest();
        }
    }

    private static ResponseSpec token(String form) {
        return token(http, form);
    }

    private static ResponseSpec token(WebTestClient client, String form) {
        return client.post()
                .uri("/v1/oauth2/token")
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .bodyValue(form)
                .exchange();
    }

    private static ResponseSpec basic(String id, String secret) {
        return http.post()
                .uri("/v1/oauth2/token")
                .headers(headers -> headers.setBasicAuth(id, UriUtils.encode(secret, StandardCharsets.UTF_8)))
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body(BodyInserters.fromFormData("grant_type", "client_credentials"))
                .exchange();
    }

    private static ResponseSpec office(String name, String password) {
        return http.get()
                .uri(OFFICE)
                .headers(headers -> headers.setBasicAuth(name, password))
                .exchange();
    }

    private static ResponseSpec call(String token) {
        return call(server, token);
    }

    private static ResponseSpec call(TestServer server, String token) {
        return server.http()
                .get()
                .uri(OFFICE)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }

    private static String sign(ECKey key, String issuer, String audience, Instant expiry) {
        var claims = JwtClaimsSet.builder()
                .issuer(issuer)
                .audience(List.of(audience))
                .subject("admin")
                .issuedAt(expiry.minusSeconds(900))
                .expiresAt(expiry)
                .claim("kind", "STAFF")
                .claim("scope", "admin")
                .claim("version", 1)
                .build();
        var header =
                JwsHeader.with(SignatureAlgorithm.ES256).keyId(key.getKeyID()).build();
        return new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(key)))
                .encode(JwtEncoderParameters.from(header, claims))
                .getTokenValue();
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String flipped(String signature) {
        var bytes = Base64.getUrlDecoder().decode(signature);
        bytes[0] ^= 1;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static long count(TestDatabase database, String table) {
        return Awaited.of(database.client()
                .sql("select count(*) from " + table)
                .mapValue(Long.class)
                .one());
    }
}
