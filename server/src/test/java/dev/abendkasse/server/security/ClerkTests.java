package dev.abendkasse.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Mono;

/** Which person works at a box office. */
class ClerkTests {

    private static TestServer server;
    private static String program;
    private static String partner;
    private static String staff;

    @BeforeAll
    static void start() {
        server = TestServer.on(TestDatabase.fresh());
        program = client("example-till", "box-office");
        partner = client("example-partner", "partner");
        staff = token(server.bean(Tokens.class).forStaff("admin", 1, Set.of("box-office")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aProgramMustSayWhichPersonItIs() {
        send(program, null)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("clerk-required")
                .jsonPath("$.errors[0].parameter")
                .isEqualTo("Clerk");
        send(program, "clerk").expectStatus().isNotFound();
    }

    @Test
    void staffCannotActUnderAnotherName() {
        send(staff, "clerk")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("invalid-request")
                .jsonPath("$.errors[0].parameter")
                .isEqualTo("Clerk");
        send(staff, null).expectStatus().isNotFound();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "an na",
                "a/b",
                "-clerk",
                "clerk;",
                "a,b",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void namesAreShortAndPlain(String name) {
        send(program, name)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("invalid-request");
    }

    @Test
    void aPersonHasOneNameAndMayDoWhatTheirScopesSay() {
        assertThat(clerk(program, "clerk")).isEqualTo(new Clerk("example-till/clerk", "example-till", false, false));
        assertThat(clerk(partner, "clerk"))
                .isEqualTo(new Clerk("example-partner/clerk", "example-partner", true, false));
        assertThat(clerk(staff, null)).isEqualTo(new Clerk("admin", null, false, false));
        var supervisor = token(server.bean(Tokens.class).forStaff("admin", 1, Set.of("box-office", "back-office")));
        assertThat(clerk(supervisor, null)).isEqualTo(new Clerk("admin", null, false, true));
        var office = client("example-office", "box-office", "back-office");
        assertThat(clerk(office, "clerk")).isEqualTo(new Clerk("example-office/clerk", "example-office", false, true));
    }

    private static Clerk clerk(String token, @Nullable String header) {
        var caller = server.bean(ReactiveJwtDecoder.class).decode(token).map(JwtAuthenticationToken::new);
        return Awaited.of(
                Clerks.of(header).contextWrite(ReactiveSecurityContextHolder.withAuthentication(Awaited.of(caller))));
    }

    private static ResponseSpec send(String token, @Nullable String clerk) {
        return server.http()
                .post()
                .uri("/v1/box-office/orders/" + UUID.randomUUID() + "/payment-links")
                .headers(headers -> headers.setBearerAuth(token))
                .headers(headers -> {
                    if (clerk != null) {
                        headers.set("Clerk", clerk);
                    }
                })
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"delivery\": \"PRINT\"}")
                .exchange();
    }

    private static String client(String id, String... scopes) {
        Awaited.of(server.bean(ApiClients.class).create(id, Set.of(scopes)));
        return token(server.bean(Tokens.class).forClient(id, 1, Set.of(scopes)));
    }

    private static String token(Mono<IssuedToken> issued) {
        return Awaited.of(issued).value();
    }
}
