package dev.abendkasse.server.cases;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.cases.domain.CaseCommand;
import dev.abendkasse.server.cases.domain.CaseFile;
import dev.abendkasse.server.cases.domain.CaseResult;
import dev.abendkasse.server.cases.domain.CaseSearch;
import dev.abendkasse.server.cases.store.CaseQueueStore;
import dev.abendkasse.server.cases.store.CaseStore;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** The queue of cases, and what staff do with them. */
@Service
public class CaseService {

    private final CaseStore cases;
    private final CaseQueueStore queue;
    private final Audit audit;

    CaseService(CaseStore cases, CaseQueueStore queue, Audit audit) {
        this.cases = cases;
        this.queue = queue;
        this.audit = audit;
    }

    /**
     * Empty when there is none with this number. That somebody looks at what its customer owes is written down.
     *
     * @param by who looks
     */
    public Mono<CaseFile> find(CaseNumber number, String by) {
        return audit.noted(cases.find(number), file -> AuditNote.of(by, "case.read", file.caseNumber()));
    }

    /** The oldest first. */
    public Mono<Page<CaseFile>> list(CaseSearch search, int limit) {
        return queue.list(search, limit + 1).collectList().map(found -> Page.of(found, limit, CaseService::cursor));
    }

    public Mono<CaseResult<CaseFile>> execute(CaseCommand command) {
        return cases.execute(command);
    }

    private static String cursor(CaseFile last) {
        return new TimeCursor<>(last.createdAt(), last.caseNumber()).text();
    }
}
