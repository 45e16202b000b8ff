package dev.abendkasse.server.web;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets answers that must not tell by their timing leave at the next boundary of a fixed slot, counted from the request's
 * arrival. A slot that was overrun waits for the next.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class AnswerSlot implements WebFilter {

    private static final String ARRIVAL = AnswerSlot.class.getName();

    private final long slot;

    AnswerSlot(@Value("${abendkasse.web.answer-slot:25ms}") Duration slot) {
        this.slot = slot.toNanos();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getAttributes().put(ARRIVAL, System.nanoTime());
        return chain.filter(exchange);
    }

    /** The answer, at the next boundary. Nothing is held meanwhile but the request itself. */
    public <T> Mono<T> hold(ServerWebExchange exchange, T answer) {
        return hold(exchange, answer, slot);
    }

    /** The same with another slot; zero means at once. */
    public <T> Mono<T> hold(ServerWebExchange exchange, T answer, Duration otherSlot) {
        return hold(exchange, answer, otherSlot.toNanos());
    }

    private static <T> Mono<T> hold(ServerWebExchange exchange, T answer, long slot) {
        return slot == 0 ? Mono.just(answer) : Mono.just(answer).delayElement(untilBoundary(exchange, slot));
    }

    private static Duration untilBoundary(ServerWebExchange exchange, long slot) {
        long arrival = exchange.getRequiredAttribute(ARRIVAL);
        return Duration.ofNanos(slot - (System.nanoTime() - arrival) % slot);
    }
}
