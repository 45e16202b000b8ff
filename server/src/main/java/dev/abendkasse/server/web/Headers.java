package dev.abendkasse.server.web;

import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Reads what guards a request from its headers. */
public final class Headers {

    private static final int MAX_SECRET = 200;

    private Headers() {}

    /** The secret of a cart or an order, from the header of that name. */
    public static String secret(ServerWebExchange exchange, String header) {
        var secret = exchange.getRequest().getHeaders().getFirst(header);
        if (secret == null || secret.isBlank() || secret.length() > MAX_SECRET) {
            throw new ProblemException(ProblemType.UNAUTHORIZED, ProblemException.Fault.in(header, "is missing"));
        }
        return secret;
    }

    /** Who asks for what a secret guards: its bearer, or a customer whose own it may be. */
    public record Holder(@Nullable String secret, @Nullable CustomerId customer) {}

    /** The secret from the header of that name, the customer who is signed in, or both. */
    public static Mono<Holder> holder(ServerWebExchange exchange, String header) {
        var secret = optionalSecret(exchange, header);
        return customer(exchange).map(customer -> {
            if (secret.isEmpty() && customer.isEmpty()) {
                throw new ProblemException(ProblemType.UNAUTHORIZED);
            }
            return new Holder(secret.orElse(null), customer.orElse(null));
        });
    }

    /** The version in an If-Match header that the contract's pattern has already checked. */
    public static @Nullable Long version(@Nullable String ifMatch) {
        return ifMatch == null ? null : Long.valueOf(ifMatch.substring(1, ifMatch.length() - 1));
    }

    public static String etag(long version) {
        return "\"" + version + "\"";
    }

    /** The customer who is signed in, if one is. */
    public static Mono<Optional<CustomerId>> customer(ServerWebExchange exchange) {
        return exchange.getPrincipal()
                .ofType(Authentication.class)
                .filter(caller -> caller.getAuthorities().stream()
                        .anyMatch(authority -> "SCOPE_customer".equals(authority.getAuthority())))
                .map(caller -> Optional.of(new CustomerId(UUID.fromString(caller.getName()))))
                .defaultIfEmpty(Optional.empty());
    }

    private static Optional<String> optionalSecret(ServerWebExchange exchange, String header) {
        return Optional.ofNullable(exchange.getRequest().getHeaders().getFirst(header))
                .filter(secret -> !secret.isBlank() && secret.length() <= MAX_SECRET);
    }
}
