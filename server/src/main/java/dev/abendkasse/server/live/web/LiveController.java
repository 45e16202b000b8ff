package dev.abendkasse.server.live.web;

import dev.abendkasse.api.LiveApi;
import dev.abendkasse.api.model.CartEvent;
import dev.abendkasse.api.model.SeatEvent;
import dev.abendkasse.server.live.LiveStreams;
import dev.abendkasse.server.shared.CartId;
import dev.abendkasse.server.web.Headers;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RestController
class LiveController implements LiveApi {

    private static final String CART_TOKEN = "Cart-Token";

    /** Asks proxies of nginx's kind to pass on at once what they get. */
    private static final String BUFFERING = "X-Accel-Buffering";

    private final LiveStreams streams;
    private final LiveMapper mapper;
    private final Patience patience;

    LiveController(LiveStreams streams, LiveMapper mapper, Patience patience) {
        this.streams = streams;
        this.mapper = mapper;
        this.patience = patience;
    }

    @Override
    public Mono<ResponseEntity<Flux<ServerSentEvent<SeatEvent>>>> streamSeats(
            UUID performanceId, @Nullable String lastEventID, ServerWebExchange exchange) {
        return streams.seats(performanceId, lastEventID)
                .map(messages -> messages.map(mapper::toSeatEvent))
                .map(events -> stream(events, exchange));
    }

    @Override
    public Mono<ResponseEntity<Flux<ServerSentEvent<CartEvent>>>> streamCart(
            UUID cartId, @Nullable String lastEventID, ServerWebExchange exchange) {
        return streams.cart(new CartId(cartId), Headers.secret(exchange, CART_TOKEN), lastEventID)
                .map(messages -> messages.map(mapper::toCartEvent))
                .map(events -> stream(events, exchange));
    }

    private <E> ResponseEntity<Flux<ServerSentEvent<E>>> stream(
            Flux<ServerSentEvent<E>> events, ServerWebExchange exchange) {
        patience.limit(exchange.getResponse());
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header(BUFFERING, "no")
                .body(events);
    }
}
