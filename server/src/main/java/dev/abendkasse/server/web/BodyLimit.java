package dev.abendkasse.server.web;

import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/** Bounds the bodies of requests: by Content-Length at once, and by counting while they are read. */
@Component
@Order(FilterOrder.BODY_LIMIT)
class BodyLimit implements WebFilter {

    private final WebProperties properties;

    BodyLimit(WebProperties properties) {
        this.properties = properties;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        var limit = properties.bodyLimit(request.getPath().value()).toBytes();
        if (request.getHeaders().getContentLength() > limit) {
            // The rest of the body is not worth waiting for.
            exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
            return Mono.error(tooLarge());
        }
        return chain.filter(
                exchange.mutate().request(new Counted(request, limit)).build());
    }

    private static ProblemException tooLarge() {
        return new ProblemException(ProblemType.CONTENT_TOO_LARGE);
    }

    private static final class Counted extends ServerHttpRequestDecorator {

        private final long limit;

        Counted(ServerHttpRequest request, long limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return Flux.defer(() -> counted(new AtomicLong()));
        }

        private Flux<DataBuffer> counted(AtomicLong read) {
            return super.getBody().handle((buffer, sink) -> pass(buffer, sink, read));
        }

        private void pass(DataBuffer buffer, SynchronousSink<DataBuffer> sink, AtomicLong read) {
            if (read.addAndGet(buffer.readableByteCount()) <= limit) {
                sink.next(buffer);
                return;
            }
            DataBufferUtils.release(buffer);
            sink.error(tooLarge());
        }
    }
}
