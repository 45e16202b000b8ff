package dev.abendkasse.server.newsletter.web;

import dev.abendkasse.server.newsletter.NewsletterProperties;
import dev.abendkasse.server.security.SecurityProperties;
import dev.abendkasse.server.web.AnswerSlot;
import dev.abendkasse.server.web.ClientAddress;
import dev.abendkasse.server.web.Throttle;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Slows down whoever asks often, and lets answers that must not tell by their timing leave in slots. */
@Component
class AskGuard {

    private final Throttle asks;
    private final Throttle links;
    private final AnswerSlot slots;
    private final Duration slot;

    AskGuard(NewsletterProperties newsletter, SecurityProperties security, AnswerSlot slots) {
        this.asks = new Throttle(newsletter.asksPerMinute());
        this.links = new Throttle(newsletter.asksPerMinute());
        this.slots = slots;
        this.slot = security.signInSlot();
    }

    /** Counted by where it comes from. How often one mailbox is written to is bounded elsewhere, for all together. */
    Mono<Void> admitAsk(ServerWebExchange exchange) {
        return asks.admit(from(exchange));
    }

    Mono<Void> admitLink(ServerWebExchange exchange) {
        return links.admit(from(exchange));
    }

    <T> Mono<T> hold(ServerWebExchange exchange, T answer) {
        return slots.hold(exchange, answer, slot);
    }

    /** As it is kept with what was said. */
    static String from(ServerWebExchange exchange) {
        return ClientAddress.of(exchange.getRequest()).prefix();
    }
}
