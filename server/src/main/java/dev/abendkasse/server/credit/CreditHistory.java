package dev.abendkasse.server.credit;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.credit.domain.CreditEntry;
import dev.abendkasse.server.credit.domain.LimitChange;
import dev.abendkasse.server.credit.store.CreditHistoryStore;
import dev.abendkasse.server.credit.store.CreditStore;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What has moved customers' accounts and limits, for staff. That somebody looks is written down. */
@Service
public class CreditHistory {

    private final CreditStore accounts;
    private final CreditHistoryStore history;
    private final Audit audit;

    CreditHistory(CreditStore accounts, CreditHistoryStore history, Audit audit) {
        this.accounts = accounts;
        this.history = history;
        this.audit = audit;
    }

    /**
     * The latest first; empty when there is no such customer.
     *
     * @param by who looks
     */
    public Mono<Page<CreditEntry>> entries(
            CustomerId customer, @Nullable TimeCursor<Long> after, int limit, String by) {
        return seen(
                customer, by, history.entries(customer.value(), idOf(after), limit + 1), limit, CreditHistory::cursor);
    }

    /** The same of the changes of a limit. */
    public Mono<Page<LimitChange>> changes(
            CustomerId customer, @Nullable TimeCursor<Long> after, int limit, String by) {
        return seen(
                customer, by, history.changes(customer.value(), idOf(after), limit + 1), limit, CreditHistory::cursor);
    }

    private <T> Mono<Page<T>> seen(
            CustomerId customer, String by, Flux<T> found, int limit, Function<T, String> cursor) {
        return audit.noted(
                accounts.find(customer.value())
                        .flatMap(_ -> found.collectList().map(items -> Page.of(items, limit, cursor))),
                _ -> AuditNote.of(by, "credit.read", customer.value()));
    }

    private static @Nullable Long idOf(@Nullable TimeCursor<Long> after) {
        return after == null ? null : after.id();
    }

    private static String cursor(CreditEntry last) {
        return new TimeCursor<>(last.at(), last.entryId()).text();
    }

    private static String cursor(LimitChange last) {
        return new TimeCursor<>(last.at(), last.changeId()).text();
    }
}
