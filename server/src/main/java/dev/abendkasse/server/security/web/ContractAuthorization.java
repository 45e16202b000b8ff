package dev.abendkasse.server.security.web;

import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.server.MethodNotAllowedException;
import reactor.core.publisher.Mono;

/** Lets a request in exactly as the contract says. What the contract does not know is not found, whoever asks. */
@Component
class ContractAuthorization implements ReactiveAuthorizationManager<AuthorizationContext> {

    private static final String AUTHORITY = "SCOPE_";

    private final ContractRules rules;

    ContractAuthorization(ContractRules rules) {
        this.rules = rules;
    }

    @Override
    public Mono<AuthorizationResult> authorize(Mono<Authentication> caller, AuthorizationContext context) {
        var request = context.getExchange().getRequest();
        return rules.operation(request)
                .map(operation -> decide(operation, caller))
                .orElseGet(() -> notInContract(request));
    }

    private static Mono<AuthorizationResult> decide(Operation operation, Mono<Authentication> caller) {
        if (operation.isOpen()) {
            return Mono.just(new AuthorizationDecision(true));
        }
        return caller.filter(Authentication::isAuthenticated)
                .map(one -> operation.admits(scopes(one)))
                .defaultIfEmpty(false)
                .map(AuthorizationDecision::new);
    }

    private Mono<AuthorizationResult> notInContract(ServerHttpRequest request) {
        var methods = rules.methods(request);
        if (methods.isEmpty()) {
            return Mono.error(() -> new ProblemException(ProblemType.NOT_FOUND));
        }
        return HttpMethod.OPTIONS.equals(request.getMethod())
                ? Mono.just(new AuthorizationDecision(true))
                : Mono.error(() -> new MethodNotAllowedException(request.getMethod(), methods));
    }

    private static Set<String> scopes(Authentication caller) {
        return caller.getAuthorities().stream()
                .map(authority -> String.valueOf(authority.getAuthority()))
                .filter(name -> name.startsWith(AUTHORITY))
                .map(name -> name.substring(AUTHORITY.length()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
