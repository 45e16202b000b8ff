package dev.abendkasse.server.customer.web;

import dev.abendkasse.server.security.SecurityProperties;
import dev.abendkasse.server.shared.EmailAddress;
import dev.abendkasse.server.web.AnswerSlot;
import dev.abendkasse.server.web.ClientAddress;
import dev.abendkasse.server.web.Throttle;
import java.time.Duration;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Slows down guessing at one account, and lets answers leave in slots that tell nothing. */
@Component
class SignInGuard {

    private final Throttle throttle;
    private final AnswerSlot slots;
    private final Duration slot;

    SignInGuard(SecurityProperties properties, AnswerSlot slots) {
        this.throttle = new Throttle(properties.signInsPerMinute());
        this.slots = slots;
        this.slot = properties.signInSlot();
    }

    /** Counted by account and address together: nobody can lock the owner out from elsewhere. */
    Mono<Void> admit(ServerWebExchange exchange, String email) {
        var account = EmailAddress.parse(email).map(EmailAddress::canonical).orElse(email.toLowerCase(Locale.ROOT));
        return throttle.admit(ClientAddress.of(exchange.getRequest()).prefix() + " " + account);
    }

    <T> Mono<T> hold(ServerWebExchange exchange, T answer) {
        return slots.hold(exchange, answer, slot);
    }
}
