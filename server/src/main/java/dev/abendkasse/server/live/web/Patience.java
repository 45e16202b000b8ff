package dev.abendkasse.server.live.web;

import dev.abendkasse.server.live.LiveProperties;
import io.netty.handler.timeout.WriteTimeoutHandler;
import java.util.concurrent.TimeUnit;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import reactor.netty.http.server.HttpServerResponse;

/** Lets go of a client that is connected but takes nothing: it would keep its stream, and another's place, for ever. */
@Component
class Patience {

    private final long millis;

    Patience(LiveProperties properties) {
        this.millis = properties.patience().toMillis();
    }

    /** Closes the connection when something that was written to it has not left after that time. */
    void limit(ServerHttpResponse response) {
        if (ServerHttpResponseDecorator.getNativeResponse(response) instanceof HttpServerResponse netty) {
            netty.withConnection(
                    connection -> connection.addHandlerLast(new WriteTimeoutHandler(millis, TimeUnit.MILLISECONDS)));
        }
    }
}
