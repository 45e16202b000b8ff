package dev.abendkasse.server.boxoffice;

import dev.abendkasse.server.boxoffice.store.LeaseStore;
import dev.abendkasse.server.cart.PickupCode;
import dev.abendkasse.server.credit.CreditProperties;
import dev.abendkasse.server.database.Commits;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Ends warnings that nobody has followed, and gives back or reserves what clerks have left lying. */
@Component
class LeaseSweeper {

    private static final int BATCH = 100;

    private final LeaseStore leases;
    private final CreditProperties credit;
    private final Commits commits;

    LeaseSweeper(LeaseStore leases, CreditProperties credit, Commits commits) {
        this.leases = leases;
        this.credit = credit;
        this.commits = commits;
    }

    @Scheduled(fixedDelayString = "${abendkasse.boxoffice.sweep-every:5s}")
    Mono<Void> sweep() {
        return commits.announce(leases.lapse(BATCH)).then(endLeases());
    }

    /** One by one, each in a transaction of its own. */
    private Mono<Void> endLeases() {
        return Flux.range(0, BATCH)
                .concatMap(_ -> commits.announce(endOne()), 1)
                .takeWhile(Boolean::booleanValue)
                .then();
    }

    private Mono<Boolean> endOne() {
        return leases.endOne(PickupCode.next(), credit.defaultLimit().amount());
    }
}
