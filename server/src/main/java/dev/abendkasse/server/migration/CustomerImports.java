package dev.abendkasse.server.migration;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.migration.csv.CustomerFile;
import dev.abendkasse.server.migration.csv.RejectionWriter;
import dev.abendkasse.server.migration.domain.CustomerImport;
import dev.abendkasse.server.migration.domain.ImportResult;
import dev.abendkasse.server.migration.domain.NewImport;
import dev.abendkasse.server.migration.domain.RejectedRow;
import dev.abendkasse.server.migration.domain.StagedRow;
import dev.abendkasse.server.migration.store.CopyText;
import dev.abendkasse.server.migration.store.ImportStore;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.function.Tuple2;
import reactor.util.function.Tuples;

/** Puts files of customers aside as they come in, and steers what becomes of them. */
@Service
public class CustomerImports {

    private static final int ROWS_AT_ONCE = 2000;
    private static final int BUFFERS_AHEAD = 16;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** Seconds after which something is said even if there is no news, to show that the stream is alive. */
    private static final long SAY_AGAIN = 15;

    private final ImportStore imports;
    private final RowJudge judge;
    private final Audit audit;

    CustomerImports(ImportStore imports, RowJudge judge, Audit audit) {
        this.imports = imports;
        this.judge = judge;
        this.audit = audit;
    }

    /** All of the file can be read, or nothing of it is kept; also when its sender goes away in the middle. */
    public Mono<CustomerImport> upload(NewImport wanted, Flux<DataBuffer> file) {
        return Mono.usingWhen(
                imports.begin(wanted).map(CustomerImports::doneOrProblem),
                begun -> stage(begun.importId(), wanted, file)
                        .flatMap(rows -> imports.staged(begun.importId(), rows, wanted.by()))
                        .map(CustomerImports::doneOrProblem),
                _ -> Mono.empty(),
                (begun, _) -> imports.fail(begun.importId()),
                begun -> imports.fail(begun.importId()));
    }

    /** No faster than the database takes it. */
    private Mono<Long> stage(UUID importId, NewImport wanted, Flux<DataBuffer> file) {
        return judged(wanted, file)
                .buffer(ROWS_AT_ONCE)
                .map(rows -> CopyText.of(importId, rows))
                .subscribeOn(Schedulers.boundedElastic())
                .concatMapDelayError(rows -> whole(imports.stage(importId, rows)), 1)
                .reduce(0L, Long::sum);
    }

    /** A COPY that is cut off in the middle leaves a connection that nobody can use. */
    private static Mono<Long> whole(Mono<Long> copy) {
        return Mono.defer(() -> Mono.fromFuture(copy.toFuture(), true));
    }

    /** Reading waits for the file and judging takes a while, both too long for a thread that serves others. */
    private Flux<StagedRow> judged(NewImport wanted, Flux<DataBuffer> file) {
        var now = Instant.now();
        return Flux.using(
                () -> CustomerFile.open(DataBufferUtils.subscriberInputStream(file, BUFFERS_AHEAD), wanted.form()),
                rows -> Flux.fromIterable(() -> rows).map(row -> judge.judge(row, wanted.passwordFormat(), now)));
    }

    public Mono<ImportResult> apply(UUID importId, long version, String by) {
        return imports.apply(importId, version, by);
    }

    public Mono<ImportResult> cancel(UUID importId, String by) {
        return imports.cancel(importId, by);
    }

    public Mono<CustomerImport> find(UUID importId) {
        return imports.find(importId)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.CUSTOMER_IMPORT_NOT_FOUND)));
    }

    /** The newest first. */
    public Mono<Page<CustomerImport>> list(@Nullable TimeCursor<UUID> after, int limit) {
        return imports.list(after == null ? null : after.at(), after == null ? null : after.id(), limit + 1)
                .map(found -> Page.of(found, limit, CustomerImports::cursor));
    }

    /** How it stands, at once, whenever it has come further and every few seconds, until it has ended. */
    public Mono<Flux<CustomerImport>> follow(UUID importId) {
        return find(importId)
                .map(first -> Flux.interval(LOOK_EVERY)
                        .onBackpressureDrop()
                        .concatMap(tick -> imports.find(importId).map(now -> Tuples.of(tick / SAY_AGAIN, now)), 1)
                        .startWith(Tuples.of(0L, first))
                        .distinctUntilChanged()
                        .map(Tuple2::getT2)
                        .takeUntil(now -> now.endedAt() != null));
    }

    /** Rows that became no account, in the order of the file. */
    public Mono<Page<RejectedRow>> rows(UUID importId, @Nullable Boolean explained, long after, int limit) {
        return find(importId)
                .then(imports.rejections(importId, explained, after, limit + 1))
                .map(found -> Page.of(found, limit, last -> Long.toString(last.number())));
    }

    public Mono<ImportResult> explain(UUID importId, Collection<Long> rows, String note, String by) {
        return imports.explain(importId, rows, note, by);
    }

    /** Lines of a file. That somebody takes them out is written down before the first. */
    public Mono<Flux<String>> rejections(UUID importId, String by) {
        return audit.noted(
                        find(importId),
                        _ -> AuditNote.of(by, "customer-import.take-out", importId.toString(), Map.of()))
                .map(_ -> Flux.concat(
                        Mono.fromSupplier(RejectionWriter::header),
                        imports.rejections(importId).map(RejectionWriter::row)));
    }

    private static String cursor(CustomerImport last) {
        return new TimeCursor<>(last.startedAt(), last.importId()).text();
    }

    private static CustomerImport doneOrProblem(ImportResult result) {
        return switch (result) {
            case ImportResult.Done(var done) -> done;
            case ImportResult.Refused(var problem) -> throw new ProblemException(problem);
        };
    }
}
