package dev.abendkasse.server.incidents;

import dev.abendkasse.server.database.Commits;
import dev.abendkasse.server.incidents.store.IncidentStore;
import dev.abendkasse.server.payment.PaymentUpstream;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Finds out when a service is back: as long as an incident of it is present, it is asked now and then, on every replica. Nothing waits
 * for a buyer to try, who on a quiet night does not come. Then moves the holds of the orders that waited.
 */
@Component
class IncidentWatch {

    private static final Logger LOG = LoggerFactory.getLogger(IncidentWatch.class);
    private static final int AT_ONCE = 20;

    private final IncidentStore incidents;
    private final PaymentUpstream payment;
    private final Commits commits;
    private final AtomicLong present = new AtomicLong();

    IncidentWatch(IncidentStore incidents, PaymentUpstream payment, Commits commits, MeterRegistry meters) {
        this.incidents = incidents;
        this.payment = payment;
        this.commits = commits;
        Gauge.builder("abendkasse.incidents.present", present, AtomicLong::get)
                .description("Whether a service that checkout needs is down")
                .tag("upstream", PaymentUpstream.NAME)
                .register(meters);
    }

    @Scheduled(fixedDelayString = "${abendkasse.incidents.look-every:5s}")
    Mono<Void> look() {
        return incidents
                .present()
                .filter(PaymentUpstream.NAME::equals)
                .count()
                .doOnNext(present::set)
                .flatMap(found -> found > 0 ? ask() : Mono.empty())
                .then(Mono.defer(this::moveHolds));
    }

    private Mono<Void> ask() {
        return payment.answers()
                .filter(Boolean::booleanValue)
                .flatMap(_ -> incidents.back(PaymentUpstream.NAME))
                .doOnNext(IncidentWatch::report)
                .then();
    }

    private Mono<Void> moveHolds() {
        return commits.announce(incidents.moveHolds(AT_ONCE))
                .repeat()
                .takeUntil(moved -> moved < AT_ONCE)
                .then();
    }

    private static void report(UUID incident) {
        LOG.warn("Incident {} is over: the payment provider answers again, its cases can be settled", incident);
    }
}
