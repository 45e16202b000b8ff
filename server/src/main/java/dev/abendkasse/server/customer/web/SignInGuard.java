package dev.abendkasse.server.customer.web;

import dev.abendkasse.server.security.SecurityProperties;
import dev.abendkasse.server.shared.LoginName;
import dev.abendkasse.server.web.AnswerSlot;
import dev.abendkasse.server.web.ClientAddress;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Throttle;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Slows down guessing at one account, and lets answers leave in slots that tell nothing. */
@Component
class SignInGuard {

    private final Throttle throttle;
    private final Throttle secrets;
    private final AnswerSlot slots;
    private final Duration slot;
    private final Commands commands;

    SignInGuard(SecurityProperties properties, AnswerSlot slots, Commands commands) {
        this.throttle = new Throttle(properties.signInsPerMinute());
        this.secrets = new Throttle(properties.secretsPerMinute());
        this.slots = slots;
        this.slot = properties.signInSlot();
        this.commands = commands;
    }

    /**
     * Does what is to be done for somebody, to its end, and answers at the end of the slot whatever came of it. Counted by account and
     * address together: nobody can lock the owner out from elsewhere.
     *
     * @param account what somebody typed, or who is signed in
     */
    <T> Mono<T> guarded(ServerWebExchange exchange, String account, Mono<T> work) {
        var key = ClientAddress.of(exchange.getRequest()).prefix() + " "
                + LoginName.of(account).canonical();
        return throttle.admit(key).then(Mono.defer(() -> held(exchange, commands.run(work))));
    }

    /** The same for links, which cannot be guessed. */
    <T> Mono<T> held(ServerWebExchange exchange, Mono<T> work) {
        return work.materialize()
                .flatMap(outcome -> slots.hold(exchange, outcome, slot))
                .dematerialize();
    }

    /**
     * Does what a secret is for, to its end, and answers at once. Counted by what the secret stands for, so that nobody who does not have it
     * can use up its share; secrets that were not made here are counted by address.
     */
    <T> Mono<T> counted(ServerWebExchange exchange, Optional<UUID> secret, Mono<T> work) {
        var key = secret.map(UUID::toString)
                .orElseGet(() -> ClientAddress.of(exchange.getRequest()).prefix());
        return secrets.admit(key).then(Mono.defer(() -> run(work)));
    }

    /** Does it to its end, and answers at once. */
    <T> Mono<T> run(Mono<T> work) {
        return commands.run(work);
    }
}
