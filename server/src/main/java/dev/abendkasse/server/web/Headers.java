package dev.abendkasse.server.web;

import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.OrderAccess;
import dev.abendkasse.server.shared.OrderId;
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

    /** The same where a customer's token will do as well. */
    public static Optional<String> optionalSecret(ServerWebExchange exchange, String header) {
        return Optional.ofNullable(exchange.getRequest().getHeaders().getFirst(header))
                .filter(secret -> !secret.isBlank() && secret.length() <= MAX_SECRET);
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

    /** What the caller shows to get at an order: its secret, or being its customer. */
    public static Mono<OrderAccess> orderAccess(UUID orderId, ServerWebExchange exchange) {
        var token = optionalSecret(exchange, "Order-Token");
        return customer(exchange).map(customer -> {
            if (token.isEmpty() && customer.isEmpty()) {
                throw new ProblemException(ProblemType.UNAUTHORIZED);
            }
            return new OrderAccess(new OrderId(orderId), token.orElse(null), customer.orElse(null));
        });
    }
}
