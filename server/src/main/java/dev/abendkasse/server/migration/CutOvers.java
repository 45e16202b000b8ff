package dev.abendkasse.server.migration;

import dev.abendkasse.server.migration.domain.CutOver;
import dev.abendkasse.server.migration.domain.CutOverResult;
import dev.abendkasse.server.migration.store.ImportStore;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** The day on which customers of former shops can come. */
@Service
public class CutOvers {

    private final ImportStore imports;

    CutOvers(ImportStore imports) {
        this.imports = imports;
    }

    public Mono<CutOver> look() {
        return imports.cutOver();
    }

    /** @param digest of the list of exceptions that somebody answers for */
    public Mono<CutOverResult> open(String digest, String note, String by) {
        return imports.openCutOver(digest, note, by);
    }
}
