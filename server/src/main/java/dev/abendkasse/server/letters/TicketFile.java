package dev.abendkasse.server.letters;

import java.util.Locale;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Makes the file of tickets that goes with the confirmation of an order. */
public interface TicketFile {

    /** A PDF; empty when the order has no tickets that let somebody in. */
    Mono<byte[]> of(UUID orderId, Locale language);
}
