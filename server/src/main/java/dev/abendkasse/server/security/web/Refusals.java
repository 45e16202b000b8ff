package dev.abendkasse.server.security.web;

import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Refuses callers with RFC 6750's header and a problem, and no word on why a token is not valid. */
@Component
class Refusals implements ServerAuthenticationEntryPoint, ServerAccessDeniedHandler, ServerExchangeRejectedHandler {

    private final ContractRules rules;

    Refusals(ContractRules rules) {
        this.rules = rules;
    }

    @Override
    public Mono<Void> commence(ServerWebExchange exchange, AuthenticationException error) {
        var hasToken = exchange.getRequest().getHeaders().containsHeader(HttpHeaders.AUTHORIZATION);
        return refuse(exchange, hasToken ? "Bearer error=\"invalid_token\"" : "Bearer", ProblemType.UNAUTHORIZED);
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, AccessDeniedException error) {
        var wanted =
                rules.operation(exchange.getRequest()).map(Operation::wanted).orElse("");
        var challenge = "Bearer error=\"insufficient_scope\", scope=\"" + wanted + "\"";
        return refuse(exchange, challenge, ProblemType.FORBIDDEN);
    }

    /** An address that Spring Security's firewall takes for an attack. */
    @Override
    public Mono<Void> handle(ServerWebExchange exchange, ServerExchangeRejectedException error) {
        return Mono.error(() -> new ProblemException(ProblemType.INVALID_REQUEST));
    }

    /** For the pages that a browser opens: it then asks for user name and password. */
    Mono<Void> askForPassword(ServerWebExchange exchange) {
        return refuse(exchange, "Basic realm=\"Abendkasse\", charset=\"UTF-8\"", ProblemType.UNAUTHORIZED);
    }

    private static Mono<Void> refuse(ServerWebExchange exchange, String challenge, ProblemType type) {
        exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, challenge);
        return Mono.error(() -> new ProblemException(type));
    }
}
