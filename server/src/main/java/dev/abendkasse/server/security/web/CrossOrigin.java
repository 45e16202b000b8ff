package dev.abendkasse.server.security.web;

import dev.abendkasse.server.security.SecurityProperties;
import dev.abendkasse.server.security.TrustedOrigins;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Lets browsers call from the front ends of the shops, and lets them read what a front end needs. */
@Component
class CrossOrigin {

    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration PREFLIGHT_AGE = Duration.ofHours(1);
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final List<String> EXPOSED = List.of(
            HttpHeaders.ETAG,
            HttpHeaders.LOCATION,
            HttpHeaders.RETRY_AFTER,
            HttpHeaders.CONTENT_LANGUAGE,
            HttpHeaders.DATE,
            HttpHeaders.WWW_AUTHENTICATE);

    private final DefaultCorsProcessor processor = new DefaultCorsProcessor();
    private final Mono<Set<String>> origins;

    CrossOrigin(SecurityProperties properties, ObjectProvider<TrustedOrigins> shops) {
        this.origins = Flux.fromStream(shops::stream)
                .concatMap(TrustedOrigins::trusted)
                .concatMapIterable(trusted -> trusted)
                .concatWithValues(properties.origins().toArray(String[]::new))
                .collect(() -> (Set<String>) new HashSet<String>(), Set::add)
                .cache(_ -> FRESH, _ -> Duration.ZERO, () -> Duration.ZERO);
    }

    /** A plain class and no bean: as a bean it would stand in the chain of every request twice. */
    WebFilter filter() {
        return this::filter;
    }

    private Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return CorsUtils.isCorsRequest(exchange.getRequest())
                ? origins.flatMap(trusted -> filter(exchange, chain, trusted))
                : chain.filter(exchange);
    }

    private Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain, Set<String> trusted) {
        var request = exchange.getRequest();
        if (trusted.contains(request.getHeaders().getOrigin())) {
            var goesOn = processor.process(configuration(trusted), exchange) && !CorsUtils.isPreFlightRequest(request);
            return goesOn ? chain.filter(exchange) : Mono.empty();
        }
        exchange.getResponse().getHeaders().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        // Without the CORS headers no browser lets another page read the answer.
        return CorsUtils.isPreFlightRequest(request)
                ? Mono.error(() -> new ProblemException(ProblemType.FORBIDDEN))
                : chain.filter(exchange);
    }

    private static CorsConfiguration configuration(Set<String> trusted) {
        var configuration = new CorsConfiguration();
        configuration.setAllowedOrigins(List.copyOf(trusted));
        configuration.setAllowedMethods(METHODS);
        configuration.addAllowedHeader(CorsConfiguration.ALL);
        configuration.setExposedHeaders(EXPOSED);
        configuration.setMaxAge(PREFLIGHT_AGE);
        return configuration;
    }
}
