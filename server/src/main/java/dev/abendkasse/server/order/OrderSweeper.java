package dev.abendkasse.server.order;

import dev.abendkasse.server.database.Commits;
import dev.abendkasse.server.order.domain.Expiry;
import dev.abendkasse.server.order.store.OrderStore;
import dev.abendkasse.server.shared.CaseNumber;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Ends unpaid orders whose deadline has passed. Their seats are free without it; limits are given back by it. */
@Component
class OrderSweeper {

    private static final Logger LOG = LoggerFactory.getLogger(OrderSweeper.class);
    private static final int BATCH = 100;

    private final OrderStore orders;
    private final Commits commits;
    private final MeterRegistry meters;

    OrderSweeper(OrderStore orders, Commits commits, MeterRegistry meters) {
        this.orders = orders;
        this.commits = commits;
        this.meters = meters;
    }

    @Scheduled(fixedDelayString = "${abendkasse.order.sweep-every:5s}")
    Mono<Void> sweep() {
        return commits.announce(orders.expire(CaseNumber.candidates(BATCH)))
                .doOnNext(this::report)
                .then();
    }

    private void report(Expiry expiry) {
        for (var failure : expiry.failed()) {
            LOG.error("Order {} cannot be ended: {}", failure.orderId(), failure.error());
        }
        meters.counter("abendkasse.order.stuck").increment(expiry.failed().size());
    }
}
