package dev.abendkasse.server.credit;

import dev.abendkasse.server.credit.domain.Reconciliation;
import dev.abendkasse.server.credit.domain.Reconciliation.Difference;
import dev.abendkasse.server.credit.store.CreditBooksStore;
import dev.abendkasse.server.database.Commits;
import dev.abendkasse.server.shared.CaseNumber;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Proves that what customers owe is the sum of its entries and of their open orders, and gives people a case where it is not. Goes
 * round all accounts, some at each look: an order that changes without its account is what it is there to find, so accounts that
 * have not moved are looked at too.
 */
@Component
class CreditReconciler {

    private static final Logger LOG = LoggerFactory.getLogger(CreditReconciler.class);
    private static final int ACCOUNTS = 200;
    private static final int CASES = 20;

    private final CreditBooksStore books;
    private final Commits commits;
    private final MeterRegistry meters;

    CreditReconciler(CreditBooksStore books, Commits commits, MeterRegistry meters) {
        this.books = books;
        this.commits = commits;
        this.meters = meters;
    }

    @Scheduled(fixedDelayString = "${abendkasse.credit.reconcile-every:1m}")
    Mono<Void> reconcile() {
        return commits.announce(books.reconcile(ACCOUNTS, CaseNumber.candidates(CASES)))
                .doOnNext(this::report)
                .then();
    }

    private void report(Reconciliation seen) {
        for (Difference difference : seen.found()) {
            LOG.error(
                    "Customer {} owes {} by their account, {} by its entries, {} by their open orders; case {}",
                    difference.customerId(),
                    difference.exposure(),
                    difference.entered(),
                    difference.owed(),
                    difference.caseNumber());
        }
        meters.counter("abendkasse.credit.reconciled").increment(seen.looked());
        meters.counter("abendkasse.credit.differences").increment(seen.found().size());
    }
}
