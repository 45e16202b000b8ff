package dev.abendkasse.server.security.web;

import dev.abendkasse.api.TokensApi;
import dev.abendkasse.api.model.AccessToken;
import dev.abendkasse.api.model.TokenError;
import dev.abendkasse.server.security.IssuedToken;
import dev.abendkasse.server.security.TokenOutcome;
import dev.abendkasse.server.security.TokenService;
import dev.abendkasse.server.security.domain.TokenRefusal;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The token endpoint. The generated interface would read a multipart form, which OAuth 2 does not send. */
@RestController
class TokenController {

    private final TokenService tokens;

    TokenController(TokenService tokens) {
        this.tokens = tokens;
    }

    @PostMapping(
            path = TokensApi.PATH_ISSUE_TOKEN,
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<?>> issueToken(
            @RequestBody(required = false) Mono<MultiValueMap<String, String>> form,
            @RequestHeader(value = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
        return form.onErrorMap(IllegalArgumentException.class, _ -> new TokenRefused(TokenRefusal.INVALID_REQUEST))
                .switchIfEmpty(Mono.error(() -> new TokenRefused(TokenRefusal.INVALID_REQUEST)))
                .map(fields -> new TokenForm(fields).read(authorization))
                .flatMap(tokens::issue)
                .onErrorResume(TokenRefused.class, e -> Mono.just(new TokenOutcome.Refused(e.reason())))
                .map(TokenController::answer);
    }

    private static ResponseEntity<?> answer(TokenOutcome outcome) {
        return switch (outcome) {
            case TokenOutcome.Issued(var token) -> noStore(HttpStatus.OK).body(toContract(token));
            case TokenOutcome.Refused(var reason) -> refusal(reason);
        };
    }

    private static ResponseEntity<TokenError> refusal(TokenRefusal reason) {
        var error = new TokenError(reason.name().toLowerCase(Locale.ROOT));
        return reason == TokenRefusal.INVALID_CLIENT
                ? noStore(HttpStatus.UNAUTHORIZED)
                        .header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Abendkasse\"")
                        .body(error)
                : noStore(HttpStatus.BAD_REQUEST).body(error);
    }

    private static ResponseEntity.BodyBuilder noStore(HttpStatus status) {
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.APPLICATION_JSON);
    }

    private static AccessToken toContract(IssuedToken token) {
        var scope = String.join(" ", new TreeSet<>(token.scopes()));
        return new AccessToken(token.value(), "Bearer", (int) token.lifetime().toSeconds(), scope);
    }
}
