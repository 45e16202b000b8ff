package dev.abendkasse.server.web;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Tells the time with every answer, so that a front end can see how far its clock is off before it counts down. */
@Component
class DateHeader implements WebFilter {

    private final Clock clock = Clock.systemUTC();

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse()
                .beforeCommit(() -> Mono.fromRunnable(
                        () -> exchange.getResponse().getHeaders().setDate(clock.millis())));
        return chain.filter(exchange);
    }
}
