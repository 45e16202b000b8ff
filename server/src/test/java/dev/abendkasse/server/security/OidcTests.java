package dev.abendkasse.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Staff who sign in with the issuer that their organisation already has. */
class OidcTests {

    private static final String CASES = "/v1/back-office/cases";
    private static final String SHOPS = "/v1/admin/shops";

    @RegisterExtension
    static final WireMockExtension WIRE =
            WireMockExtension.newInstance().configureStaticDsl(false).build();

    private static OidcIssuer issuer;
    private static TestServer server;
    private static HttpHeaders refusedWhileDown;
    private static int statusWhileDown;

    @BeforeAll
    static void start() throws Exception {
        issuer = new OidcIssuer(WIRE);
        issuer.goDown();
        server = TestServer.on(
                TestDatabase.fresh(),
                Map.of(
                        "abendkasse.security.oidc.issuer-uri", issuer.uri(),
                        "abendkasse.security.oidc.roles-claim", "realm_access.roles",
                        "abendkasse.security.oidc.roles.cashier", "box-office,back-office",
                        "abendkasse.security.oidc.roles.usher", "gate",
                        "abendkasse.security.oidc.time-limit", "30s",
                        "abendkasse.security.oidc.ask-again-after", "500ms"));
        var answer = call(issuer.token("clerk", "cashier"), CASES).returnResult(Void.class);
        statusWhileDown = answer.getStatus().value();
        refusedWhileDown = answer.getResponseHeaders();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void goUp() {
        issuer.goUp(issuer.rsa, issuer.ec);
        soonAdmitted(issuer.token("clerk", "cashier"));
    }

    /** Not 401: the token may be good, and whoever is told otherwise signs in again and again. */
    @Test
    void whileTheIssuerIsDownFromTheStartItIsSaidToComeBackLater() {
        assertThat(statusWhileDown).isEqualTo(503);
        assertThat(refusedWhileDown.getFirst(HttpHeaders.RETRY_AFTER)).isNotNull();
    }

    @Test
    void rolesBringTheScopesThatTheSettingsSay() {
        call(issuer.token("clerk", "cashier", "unheard-of"), CASES)
                .expectStatus()
                .isOk();
        call(OidcIssuer.sign(issuer.ec, issuer.claims("clerk", "cashier")), CASES)
                .expectStatus()
                .isOk();
        call(issuer.token("clerk", "cashier"), SHOPS).expectStatus().isForbidden();
        call(issuer.token("clerk", "usher"), CASES).expectStatus().isForbidden();
        call(issuer.token("clerk"), CASES).expectStatus().isForbidden();
    }

    @Test
    void nobodyFromOutsideCanBeMistakenForABuiltInAccount() {
        var token = decoded(issuer.token("admin", "cashier"));

        assertThat(token.getSubject()).isEqualTo("oidc:admin");
    }

    @Test
    void whatATokenFromOutsideSaysInOurOwnWordsMeansNothing() {
        var token = decoded(issuer.token(claims -> claims.claim("kind", "CLIENT")
                .claim("scope", "admin partner customer")
                .claim("scp", "admin")
                .claim("version", 99)));

        assertThat(token.getClaimAsString("kind")).isEqualTo("STAFF");
        assertThat(token.getClaimAsString("scope")).isEqualTo("back-office box-office");
        assertThat(token.hasClaim("scp")).isFalse();
    }

    @Test
    void thereIsNoPasswordHereToChange() {
        server.http()
                .put()
                .uri("/v1/staff/me/password")
                .headers(headers -> headers.setBearerAuth(issuer.token("admin", "cashier")))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"currentPassword\": \"x\", \"newPassword\": \"a password for tests\"}")
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    static Stream<Arguments> worthless() throws Exception {
        var other = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
        var unknown = new RSAKeyGenerator(2048).keyID("made-up").generate();
        return Stream.of(
                bad("another audience", claims -> claims.audience("another")),
                bad("no audience", claims -> claims.audience((String) null)),
                bad(
                        "expired",
                        claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(120)))),
                bad("never expires", claims -> claims.expirationTime(null)),
                bad(
                        "not yet good",
                        claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(300)))),
                bad("no name", claims -> claims.claim("preferred_username", null)),
                bad("a name that is none", claims -> claims.claim("preferred_username", "client/clerk")),
                bad("a name that is a list", claims -> claims.claim("preferred_username", List.of("clerk"))),
                bad("a name that is too long", claims -> claims.claim("preferred_username", "a".repeat(65))),
                bad("the built-in issuer's name", claims -> claims.issuer("abendkasse")),
                bad("somebody else's issuer", claims -> claims.issuer(issuer.uri() + "/")),
                Arguments.of("another key", OidcIssuer.sign(other, issuer.claims("clerk", "cashier"))),
                Arguments.of("an unknown key", OidcIssuer.sign(unknown, issuer.claims("clerk", "cashier"))),
                Arguments.of(
                        "unsigned",
                        new PlainJWT(issuer.claims("clerk", "cashier").build()).serialize()),
                Arguments.of("signed with the public key as a secret", withPublicKey(issuer.rsa)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("worthless")
    void tokensThatAreNotGoodAreWorthNothing(String why, String token) {
        var answer = call(token, CASES).expectStatus().isUnauthorized().returnResult(Void.class);

        assertThat(answer.getResponseHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE))
                .as(why)
                .isEqualTo("Bearer error=\"invalid_token\"");
    }

    @Test
    void aNewKeyOfTheIssuerIsFoundWhenATokenNamesIt() throws Exception {
        var next = new RSAKeyGenerator(2048).keyID("rsa-2").generate();
        issuer.goUp(issuer.rsa, issuer.ec, next);

        soonAdmitted(OidcIssuer.sign(next, issuer.claims("clerk", "cashier")));
    }

    @Test
    void anIssuerThatGoesDownLaterDoesNotMatterToThoseWhoseKeysAreKnown() {
        issuer.goDown();

        call(issuer.token("clerk", "cashier"), CASES).expectStatus().isOk();
        call(OidcIssuer.sign(withId(issuer.rsa, "made-up"), issuer.claims("clerk", "cashier")), CASES)
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void madeUpKeyIdsDoNotMakeItAskAgainAndAgain() {
        var before = issuer.timesAsked();
        var started = System.nanoTime();

        for (int i = 0; i < 20; i++) {
            call(OidcIssuer.sign(withId(issuer.rsa, "made-up-" + i), issuer.claims("clerk", "cashier")), CASES)
                    .expectStatus()
                    .isUnauthorized();
        }

        var halfSeconds = Duration.ofNanos(System.nanoTime() - started).toMillis() / 500;
        assertThat(issuer.timesAsked() - before).isLessThanOrEqualTo((int) halfSeconds + 2);
    }

    private static Arguments bad(String why, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(why, issuer.token(change));
    }

    private static String withPublicKey(RSAKey key) throws Exception {
        var header =
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build();
        var secret = new MACSigner(key.toRSAPublicKey().getEncoded());
        return OidcIssuer.sign(header, issuer.claims("clerk", "cashier"), secret);
    }

    private static RSAKey withId(RSAKey key, String id) {
        return new RSAKey.Builder(key).keyID(id).build();
    }

    private static Jwt decoded(String token) {
        return Awaited.of(server.bean(ReactiveJwtDecoder.class).decode(token));
    }

    private static void soonAdmitted(String token) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> call(token, CASES).expectStatus().isOk());
    }

    private static ResponseSpec call(String token, String path) {
        return server.http()
                .get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }
}
