package dev.abendkasse.server.order;

import dev.abendkasse.server.database.Commits;
import dev.abendkasse.server.order.store.OrderStore;
import dev.abendkasse.server.shared.CaseNumber;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Ends unpaid orders whose deadline has passed. Their seats are free without it; limits are given back by it. */
@Component
class OrderSweeper {

    private static final int BATCH = 100;

    private final OrderStore orders;
    private final Commits commits;

    OrderSweeper(OrderStore orders, Commits commits) {
        this.orders = orders;
        this.commits = commits;
    }

    @Scheduled(fixedDelayString = "${abendkasse.order.sweep-every:5s}")
    Mono<Void> sweep() {
        return commits.announce(orders.expire(CaseNumber.candidates(BATCH))).then();
    }
}
