package dev.abendkasse.server.web;

import io.netty.handler.timeout.WriteTimeoutHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerResponse;

/** Answers with server-sent events: passed on at once, kept by nobody, and ended with the server. */
@Component
public class EventStreams {

    /** Asks proxies of nginx's kind to pass on at once what they get. */
    private static final String BUFFERING = "X-Accel-Buffering";

    private final Sinks.Empty<Void> closing = Sinks.empty();

    /**
     * @param patience after how long a client is let go that is connected but takes nothing: it would keep its stream, and
     *     another's place, for ever
     */
    public <E> ResponseEntity<Flux<ServerSentEvent<E>>> of(
            Flux<ServerSentEvent<E>> events, Duration patience, ServerWebExchange exchange) {
        limit(exchange.getResponse(), patience);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header(BUFFERING, "no")
                .body(events.takeUntilOther(closing.asMono()));
    }

    /** Streams would hold up the server's end; their clients come back to another replica. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closing.tryEmitEmpty();
    }

    /** Closes the connection when something that was written to it has not left after that time. */
    private static void limit(ServerHttpResponse response, Duration patience) {
        if (ServerHttpResponseDecorator.getNativeResponse(response) instanceof HttpServerResponse netty) {
            netty.withConnection(connection ->
                    connection.addHandlerLast(new WriteTimeoutHandler(patience.toMillis(), TimeUnit.MILLISECONDS)));
        }
    }
}
