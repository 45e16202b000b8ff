package dev.abendkasse.server.auditdesk;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.auditdesk.domain.AuditEntry;
import dev.abendkasse.server.auditdesk.domain.AuditSearch;
import dev.abendkasse.server.auditdesk.domain.ChainCheck;
import dev.abendkasse.server.auditdesk.domain.ChainHead;
import dev.abendkasse.server.auditdesk.store.AuditDeskStore;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Where administrators look at the audit and check it, which is entered too. */
@Service
public class AuditDesk {

    private final AuditDeskStore store;
    private final AuditHeads heads;
    private final Audit audit;

    AuditDesk(AuditDeskStore store, AuditHeads heads, Audit audit) {
        this.store = store;
        this.heads = heads;
        this.audit = audit;
    }

    /** The newest first. */
    public Mono<Page<AuditEntry>> list(AuditSearch search, int limit, String by) {
        return audit.noted(
                store.list(search, limit + 1).collectList().map(found -> Page.of(found, limit, AuditDesk::cursor)),
                _ -> AuditNote.of(by, "audit.read", search.subject(), Map.of("search", search)));
    }

    /**
     * Checks a part of the chain.
     *
     * @param signed a head that was kept
     */
    public Mono<CheckedChain> check(long from, int limit, @Nullable String signed, String by) {
        return kept(signed)
                .flatMap(kept -> audit.noted(
                        store.check(from, limit, kept.orElse(null))
                                .map(check -> new CheckedChain(
                                        check, kept.map(ChainHead::seq).orElse(null))),
                        checked -> AuditNote.of(by, "audit.check", null, Map.of("found", checked.check()))));
    }

    /** A check, and what the head that it was given vouches for. */
    public record CheckedChain(ChainCheck check, @Nullable Long signedThrough) {}

    private Mono<Optional<ChainHead>> kept(@Nullable String signed) {
        return signed == null
                ? Mono.just(Optional.empty())
                : heads.read(signed)
                        .map(Optional::of)
                        .switchIfEmpty(Mono.error(() -> new ProblemException(
                                ProblemType.INVALID_REQUEST, Fault.at("#/signedHead", "{fault.signed-head}"))));
    }

    private static String cursor(AuditEntry last) {
        return new TimeCursor<>(last.at(), last.seq()).text();
    }
}
