package dev.abendkasse.server.security.web;

import dev.abendkasse.api.TokensApi;
import dev.abendkasse.api.model.AccessToken;
import dev.abendkasse.api.model.TokenError;
import dev.abendkasse.server.security.IssuedToken;
import dev.abendkasse.server.security.TokenOutcome;
import dev.abendkasse.server.security.TokenService;
import dev.abendkasse.server.security.domain.TokenRefusal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TreeSet;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
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
    Mono<ResponseEntity<?>> issueToken(ServerWebExchange exchange) {
        var authorization = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        return body(exchange)
                .map(form -> new TokenForm(form).read(authorization))
                .flatMap(tokens::issue)
                .onErrorResume(TokenRefused.class, e -> Mono.just(new TokenOutcome.Refused(e.reason())))
                .map(TokenController::answer);
    }

    /** WebFlux's own form reader would go round the limit on bodies. */
    private static Mono<String> body(ServerWebExchange exchange) {
        return DataBufferUtils.join(exchange.getRequest().getBody())
                .map(TokenController::text)
                .defaultIfEmpty("");
    }

    private static String text(DataBuffer buffer) {
        var text = buffer.toString(StandardCharsets.UTF_8);
        DataBufferUtils.release(buffer);
        return text;
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
