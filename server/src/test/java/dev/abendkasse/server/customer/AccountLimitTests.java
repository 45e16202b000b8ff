package dev.abendkasse.server.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Session;
import dev.abendkasse.server.secret.LinkTokens;
import dev.abendkasse.server.testing.TestServer;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** How often somebody may use the secrets of an account, and that nobody is kept out by what others do. */
class AccountLimitTests {

    private static final String RENEWALS = "/v1/sessions/renewals";
    private static final int OFTEN = 3;

    private static Accounts accounts;
    private static TestServer strict;

    private final String here = "2001:db8:" + hex() + ":" + hex() + "::1";
    private final String elsewhere = "2001:db8:" + hex() + ":" + hex() + "::2";

    @BeforeAll
    static void open() {
        accounts = Accounts.open();
        strict = accounts.theatre
                .replica(Map.of(
                        "abendkasse.security.secrets-per-minute",
                        OFTEN,
                        "abendkasse.web.sign-ins-per-minute",
                        OFTEN,
                        "server.forward-headers-strategy",
                        "framework"))
                .server();
    }

    @AfterAll
    static void close() {
        strict.close();
        accounts.close();
    }

    @Test
    void sessionIsRenewedAndEndedSoOftenAMinuteFromWhereverAndOthersBesideItAreNotHeldUp() throws ApiException {
        var session = signIn();
        var other = signIn();
        for (int i = 0; i < OFTEN; i++) {
            assertThat(status(post(elsewhere, RENEWALS, refreshToken(session)))).isEqualTo(200);
        }

        tooMany(post(here, RENEWALS, refreshToken(session)));
        tooMany(post(here, "/v1/sessions/ends", refreshToken(session)));
        assertThat(status(post(elsewhere, RENEWALS, refreshToken(other)))).isEqualTo(200);
        assertThat(status(post(elsewhere, "/v1/sessions/ends", refreshToken(other))))
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {RENEWALS, "/v1/sessions/ends", "/v1/account-links/email", "/v1/account-links/revert"})
    void madeUpSecretsAreCountedByAddressAndHoldUpNobodyWhoHasARealOne(String path) throws ApiException {
        var session = signIn();
        var madeUp = path.startsWith("/v1/sessions") ? Map.of("refreshToken", "made up") : Map.of("token", "made up");
        for (int i = 0; i < OFTEN; i++) {
            assertThat(status(post(here, path, madeUp))).isIn(204, 401, 410);
        }

        tooMany(post(here, path, madeUp));
        assertThat(status(post(elsewhere, path, madeUp))).isIn(204, 401, 410);
        assertThat(status(post(here, RENEWALS, refreshToken(session)))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/account-links/email", "/v1/account-links/revert"})
    void linkIsTriedSoOftenAMinuteFromWherever(String path) {
        var link = Map.of("token", strict.bean(LinkTokens.class).tokenFor(AccountLinks.PURPOSE, UUID.randomUUID()));
        for (int i = 0; i < OFTEN; i++) {
            assertThat(status(post(here, path, link))).isEqualTo(410);
        }

        tooMany(post(elsewhere, path, link));
    }

    @Test
    void passwordsOfThoseWhoAreSignedInAreCheckedSoOftenAMinuteForOneAddress() throws ApiException {
        var password = Map.of("currentPassword", "wrong", "password", "another horse battery");
        var email = Map.of("currentPassword", "wrong", "email", Accounts.email());
        for (int i = 0; i < OFTEN; i++) {
            var session = signIn();
            assertThat(status(send(HttpMethod.PUT, here, "/v1/me/password", session, password)))
                    .isEqualTo(422);
            assertThat(status(send(HttpMethod.POST, here, "/v1/me/email-changes", session, email)))
                    .isEqualTo(422);
        }

        var session = signIn();
        tooMany(send(HttpMethod.PUT, here, "/v1/me/password", session, password));
        tooMany(send(HttpMethod.POST, here, "/v1/me/email-changes", session, email));
        assertThat(status(send(HttpMethod.PUT, elsewhere, "/v1/me/password", session, password)))
                .isEqualTo(422);
    }

    private static Session signIn() throws ApiException {
        return accounts.login(accounts.register(), Accounts.PASSWORD);
    }

    private static Map<String, String> refreshToken(Session session) {
        return Map.of("refreshToken", session.getRefreshToken());
    }

    private static ResponseSpec post(String from, String path, Map<String, String> body) {
        return send(HttpMethod.POST, from, path, null, body);
    }

    private static ResponseSpec send(
            HttpMethod method, String from, String path, @Nullable Session session, Map<String, String> body) {
        return strict.http()
                .method(method)
                .uri(path)
                .header("X-Forwarded-For", from)
                .headers(headers -> {
                    if (session != null) {
                        headers.setBearerAuth(session.getAccessToken());
                    }
                })
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private static int status(ResponseSpec answer) {
        return answer.returnResult(Void.class).getStatus().value();
    }

    private static void tooMany(ResponseSpec answer) {
        answer.expectStatus().isEqualTo(429).expectHeader().exists("Retry-After");
    }

    private static String hex() {
        return UUID.randomUUID().toString().substring(0, 4);
    }
}
