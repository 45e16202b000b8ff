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
import org.springframework.util.unit.DataSize;
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

    private static final long MOST_DISCARDED = DataSize.ofMegabytes(128).toBytes();

    private final WebProperties properties;

    BodyLimit(WebProperties properties) {
        this.properties = properties;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        var limit = properties.bodyLimit(request.getPath().value()).toBytes();
        if (request.getHeaders().getContentLength() > limit) {
            exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
            return discard(request.getBody()).then(Mono.error(BodyLimit::tooLarge));
        }
        return chain.filter(
                exchange.mutate().request(new Counted(request, limit)).build());
    }

    /** A client that is still sending does not listen: the rest is read and thrown away, within reason, before the answer. */
    private static Mono<Void> discard(Flux<DataBuffer> body) {
        return Flux.defer(() -> discard(body, new AtomicLong())).then();
    }

    private static Flux<Long> discard(Flux<DataBuffer> body, AtomicLong read) {
        return body.map(buffer -> count(buffer, read)).takeWhile(total -> total <= MOST_DISCARDED);
    }

    private static long count(DataBuffer buffer, AtomicLong read) {
        int bytes = buffer.readableByteCount();
        DataBufferUtils.release(buffer);
        return read.addAndGet(bytes);
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
            return super.getBody()
                    .<DataBuffer>handle((buffer, sink) -> pass(buffer, sink, read))
                    .concatWith(Flux.defer(() -> read.get() > limit ? Flux.error(tooLarge()) : Flux.empty()));
        }

        private void pass(DataBuffer buffer, SynchronousSink<DataBuffer> sink, AtomicLong read) {
            if (read.get() + buffer.readableByteCount() <= limit) {
                read.addAndGet(buffer.readableByteCount());
                sink.next(buffer);
            } else if (count(buffer, read) > MOST_DISCARDED) {
                sink.error(tooLarge());
            }
        }
    }
}
