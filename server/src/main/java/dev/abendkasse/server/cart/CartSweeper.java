package dev.abendkasse.server.cart;

import dev.abendkasse.server.cart.store.CartStore;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tidies carts whose time has passed. Nothing waits for it: a past hold is free without it. */
@Component
class CartSweeper {

    private static final int BATCH = 500;

    private final CartStore carts;

    CartSweeper(CartStore carts) {
        this.carts = carts;
    }

    @Scheduled(fixedDelayString = "${abendkasse.cart.sweep-every:5s}")
    Mono<Void> sweep() {
        return carts.sweep(BATCH).then();
    }
}
