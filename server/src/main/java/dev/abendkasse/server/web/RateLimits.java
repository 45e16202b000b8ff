package dev.abendkasse.server.web;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Slows down an address that starts carts, registers, signs in or has passwords checked too often. */
@Component
@Order(FilterOrder.RATE_LIMITS)
class RateLimits implements WebFilter {

    private static final Set<HttpMethod> COUNTED = Set.of(HttpMethod.POST, HttpMethod.PUT);

    private final Map<String, Throttle> throttles;

    RateLimits(WebProperties properties) {
        throttles = Map.of(
                "/v1/carts", new Throttle(properties.cartsPerMinute()),
                "/v1/customers", new Throttle(properties.signInsPerMinute()),
                "/v1/sessions", new Throttle(properties.signInsPerMinute()),
                "/v1/account-links/password", new Throttle(properties.signInsPerMinute()),
                "/v1/sign-in-links", new Throttle(properties.signInsPerMinute()),
                "/v1/me/password", new Throttle(properties.signInsPerMinute()),
                "/v1/me/email-changes", new Throttle(properties.signInsPerMinute()),
                "/v1/oauth2/token", new Throttle(properties.signInsPerMinute()));
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var throttle = throttleFor(exchange.getRequest());
        return throttle == null
                ? chain.filter(exchange)
                : throttle.admit(ClientAddress.of(exchange.getRequest()).prefix())
                        .then(Mono.defer(() -> chain.filter(exchange)));
    }

    private @Nullable Throttle throttleFor(ServerHttpRequest request) {
        return COUNTED.contains(request.getMethod())
                ? throttles.get(request.getPath().value())
                : null;
    }
}
