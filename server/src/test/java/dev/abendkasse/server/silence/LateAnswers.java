package dev.abendkasse.server.silence;

import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
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
 * Lets a test's server take longer over requests that ask for it, when {@code abendkasse.test.late-answers} says so: faults that a
 * measurement has to find.
 */
@Component
@Order(0)
@ConditionalOnBooleanProperty("abendkasse.test.late-answers")
class LateAnswers implements WebFilter {

    /** So many nanoseconds longer over the work, from the last byte of the request on. */
    static final String WORK = "Test-Work-Nanos";

    /** So many nanoseconds after everything else is done. */
    static final String ANSWER = "Test-Answer-Nanos";

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().beforeCommit(() -> delay(exchange, ANSWER));
        return chain.filter(exchange.mutate().request(new Slow(exchange)).build());
    }

    private static Mono<Void> delay(ServerWebExchange exchange, String header) {
        var nanos = exchange.getRequest().getHeaders().getFirst(header);
        return nanos == null
                ? Mono.empty()
                : Mono.delay(Duration.ofNanos(Long.parseLong(nanos))).then();
    }

    private static final class Slow extends ServerHttpRequestDecorator {

        private final ServerWebExchange exchange;

        Slow(ServerWebExchange exchange) {
            super(exchange.getRequest());
            this.exchange = exchange;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return super.getBody()
                    .concatWith(Mono.defer(() -> delay(exchange, WORK).then(Mono.empty())));
        }
    }
}
