package dev.abendkasse.server.cases;

import dev.abendkasse.server.cases.domain.CaseFile;
import dev.abendkasse.server.cases.domain.CaseSearch;
import dev.abendkasse.server.cases.store.CaseStore;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** The queue of cases. */
@Service
public class CaseService {

    private final CaseStore cases;

    CaseService(CaseStore cases) {
        this.cases = cases;
    }

    /** Empty when there is none with this number. */
    public Mono<CaseFile> find(CaseNumber number) {
        return cases.find(number);
    }

    /** The oldest first. */
    public Mono<Page<CaseFile>> list(CaseSearch search, int limit) {
        return cases.list(search, limit + 1).collectList().map(found -> Page.of(found, limit, CaseService::cursor));
    }

    private static String cursor(CaseFile last) {
        return new TimeCursor<>(last.createdAt(), last.caseNumber()).text();
    }
}
