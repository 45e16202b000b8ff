package dev.abendkasse.server.web;

import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Refuses U+0000 in path and query, as {@link StrictText} does in bodies. */
@Component
@Order(FilterOrder.STRICT_ADDRESS)
class StrictAddress implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return unstorable(exchange.getRequest())
                .map(name -> Mono.<Void>error(() -> refused(name)))
                .orElseGet(() -> chain.filter(exchange));
    }

    private static Optional<String> unstorable(ServerHttpRequest request) {
        if (request.getURI().getRawPath().contains("%00")) {
            return Optional.of("path");
        }
        return request.getQueryParams().entrySet().stream()
                .filter(StrictAddress::isUnstorable)
                .map(Entry::getKey)
                .findFirst();
    }

    private static boolean isUnstorable(Entry<String, List<String>> parameter) {
        return !StrictText.isStorable(parameter.getKey())
                || parameter.getValue().stream().anyMatch(value -> value != null && !StrictText.isStorable(value));
    }

    private static ProblemException refused(String name) {
        return new ProblemException(ProblemType.INVALID_REQUEST, Fault.in(name, "{fault.text}"));
    }
}
