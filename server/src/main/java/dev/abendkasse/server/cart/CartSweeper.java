package dev.abendkasse.server.cart;

import dev.abendkasse.server.cart.store.CartStore;
import dev.abendkasse.server.database.Commits;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tidies carts whose time has passed. Nothing waits for it: a past hold is free without it. */
@Component
class CartSweeper {

    private static final int BATCH = 500;

    private final CartStore carts;
    private final Commits commits;

    CartSweeper(CartStore carts, Commits commits) {
        this.carts = carts;
        this.commits = commits;
    }

    @Scheduled(fixedDelayString = "${abendkasse.cart.sweep-every:5s}")
    Mono<Void> sweep() {
        return commits.announce(carts.sweep(BATCH)).then();
    }
}
