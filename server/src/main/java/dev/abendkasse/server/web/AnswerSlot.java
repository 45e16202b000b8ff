package dev.abendkasse.server.web;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets answers that must not tell by their timing leave at the next boundary of a fixed slot, counted from the request's
 * arrival: from its last byte, or a client that sends its body bit by bit could choose how much of the slot is left for the
 * work, and see on which side of a boundary it ends. A slot that was overrun waits for the next.
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
        arrived(exchange);
        return chain.filter(exchange.mutate().request(new Timed(exchange)).build());
    }

    private static void arrived(ServerWebExchange exchange) {
        exchange.getAttributes().put(ARRIVAL, System.nanoTime());
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

    private static final class Timed extends ServerHttpRequestDecorator {

        private final ServerWebExchange exchange;

        Timed(ServerWebExchange exchange) {
            super(exchange.getRequest());
            this.exchange = exchange;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return super.getBody().doOnComplete(() -> arrived(exchange));
        }
    }
}
