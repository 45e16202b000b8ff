package dev.abendkasse.server.live.web;

import dev.abendkasse.api.LiveApi;
import dev.abendkasse.api.model.CartEvent;
import dev.abendkasse.api.model.SeatEvent;
import dev.abendkasse.server.live.LiveProperties;
import dev.abendkasse.server.live.LiveStreams;
import dev.abendkasse.server.shared.CartId;
import dev.abendkasse.server.web.EventStreams;
import dev.abendkasse.server.web.Headers;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RestController
class LiveController implements LiveApi {

    private static final String CART_TOKEN = "Cart-Token";

    private final LiveStreams streams;
    private final LiveMapper mapper;
    private final EventStreams answers;
    private final LiveProperties properties;

    LiveController(LiveStreams streams, LiveMapper mapper, EventStreams answers, LiveProperties properties) {
        this.streams = streams;
        this.mapper = mapper;
        this.answers = answers;
        this.properties = properties;
    }

    @Override
    public Mono<ResponseEntity<Flux<ServerSentEvent<SeatEvent>>>> streamSeats(
            UUID performanceId, @Nullable String lastEventID, ServerWebExchange exchange) {
        return streams.seats(performanceId, lastEventID)
                .map(messages -> messages.map(mapper::toSeatEvent))
                .map(events -> answers.of(events, properties.patience(), exchange));
    }

    @Override
    public Mono<ResponseEntity<Flux<ServerSentEvent<CartEvent>>>> streamCart(
            UUID cartId, @Nullable String lastEventID, ServerWebExchange exchange) {
        return streams.cart(new CartId(cartId), Headers.secret(exchange, CART_TOKEN), lastEventID)
                .map(messages -> messages.map(mapper::toCartEvent))
                .map(events -> answers.of(events, properties.patience(), exchange));
    }
}
