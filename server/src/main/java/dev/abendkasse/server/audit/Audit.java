package dev.abendkasse.server.audit;

import dev.abendkasse.server.audit.store.AuditStore;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Where everything that is not a command function enters what staff do. Command functions do it themselves. */
@Service
public class Audit {

    private final AuditStore store;
    private final TransactionalOperator transaction;

    Audit(AuditStore store, TransactionalOperator transaction) {
        this.store = store;
        this.transaction = transaction;
    }

    /** In the caller's transaction. */
    public Mono<Void> note(AuditNote note) {
        return store.note(note);
    }

    /** The work and its note, in one transaction. Work that comes to nothing leaves none. */
    public <T> Mono<T> noted(Mono<T> work, Function<T, AuditNote> note) {
        return notedIf(work, done -> Optional.of(note.apply(done)));
    }

    /** @param note none if the work was refused or changed nothing */
    public <T> Mono<T> notedIf(Mono<T> work, Function<T, Optional<AuditNote>> note) {
        return work.flatMap(done ->
                        Mono.justOrEmpty(note.apply(done)).flatMap(store::note).thenReturn(done))
                .as(transaction::transactional);
    }
}
