package dev.abendkasse.server.live;

import dev.abendkasse.server.live.domain.CartNews;
import dev.abendkasse.server.live.domain.CartPulse;
import dev.abendkasse.server.live.domain.LiveMessage;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells that a cart's time is soon up, again when that time has moved, and that it is up. Nothing is written when it is. */
@Component
class CartWatch {

    private final Duration before;

    CartWatch(LiveProperties properties) {
        this.before = properties.expiring();
    }

    /**
     * Goes on until the cart has ended, or there are no more changes.
     *
     * @param cart how it is now
     * @param changes after each of them it looks again
     * @param fresh whether the client has yet to hear how the cart is
     */
    Flux<LiveMessage> of(Mono<CartPulse> cart, Flux<?> changes, boolean fresh) {
        return changes.map(_ -> false)
                .startWith(fresh)
                .switchMap(first -> watch(cart, first))
                .takeUntil(LiveMessage::isLast)
                .takeUntilOther(changes.then());
    }

    private Flux<LiveMessage> watch(Mono<CartPulse> cart, boolean fresh) {
        return cart.defaultIfEmpty(CartPulse.GONE)
                .flatMapMany(pulse -> step(pulse, fresh))
                .repeat()
                .distinctUntilChanged();
    }

    /** What is to be said now, and the wait until there may be more. */
    private Flux<LiveMessage> step(CartPulse pulse, boolean fresh) {
        if (pulse.news() != null) {
            return news(pulse.news(), fresh).concatWith(Mono.never());
        }
        var quiet = pulse.left().minus(before);
        return quiet.isPositive()
                ? Mono.delay(quiet).thenMany(Flux.empty())
                : Flux.<LiveMessage>just(new LiveMessage.Expiring(pulse.expiresAt()))
                        .concatWith(Mono.delay(pulse.left()).then(Mono.empty()));
    }

    private static Flux<LiveMessage> news(CartNews news, boolean fresh) {
        return fresh || news.isLast() ? Flux.just(new LiveMessage.Cart(null, news)) : Flux.empty();
    }
}
