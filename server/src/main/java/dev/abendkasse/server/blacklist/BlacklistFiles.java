package dev.abendkasse.server.blacklist;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.blacklist.csv.BlacklistReader;
import dev.abendkasse.server.blacklist.csv.BlacklistReading;
import dev.abendkasse.server.blacklist.csv.BlacklistReading.Faulty;
import dev.abendkasse.server.blacklist.csv.BlacklistReading.Read;
import dev.abendkasse.server.blacklist.csv.BlacklistWriter;
import dev.abendkasse.server.blacklist.domain.BlacklistImport;
import dev.abendkasse.server.blacklist.domain.BlacklistUpload;
import dev.abendkasse.server.blacklist.store.BlacklistFileStore;
import dev.abendkasse.server.blacklist.store.BlacklistFileStore.Row;
import dev.abendkasse.server.csv.CsvFault;
import dev.abendkasse.server.secret.PersonKeys;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The blacklist as a file: all of a file can be read, or nothing of it is added. */
@Service
public class BlacklistFiles {

    private final BlacklistFileStore files;
    private final PersonKeys persons;
    private final Audit audit;

    BlacklistFiles(BlacklistFileStore files, PersonKeys persons, Audit audit) {
        this.files = files;
        this.persons = persons;
        this.audit = audit;
    }

    /** Every row is a transaction of its own; what was cut off goes on when the file is sent again. */
    public Mono<BlacklistImport> take(byte[] file, Charset charset, BlacklistUpload upload) {
        return read(file, charset)
                .flatMap(read -> files.begin(upload).switchIfEmpty(Mono.defer(() -> take(read, upload))));
    }

    /** All entries as lines of a file, the oldest first. That somebody takes them out is written down before the first. */
    public Flux<String> export(boolean active, String by) {
        return audit.noted(Mono.just(active), _ -> AuditNote.of(by, "blacklist.export", null, Map.of("active", active)))
                .thenMany(Flux.concat(
                        Mono.fromSupplier(BlacklistWriter::header),
                        files.all(active).map(line -> BlacklistWriter.row(line.entry(), line.matchKey()))));
    }

    private Mono<BlacklistImport> take(Read read, BlacklistUpload upload) {
        return Flux.fromIterable(rows(read, upload))
                .concatMap(row -> upload.dryRun() ? files.isNew(row) : files.add(row))
                .filter(Boolean::booleanValue)
                .count()
                .map(added -> result(read, added.intValue(), upload))
                .flatMap(result -> files.end(upload, result).thenReturn(result));
    }

    private static BlacklistImport result(Read read, int added, BlacklistUpload upload) {
        var known = read.rows().size() - added;
        return new BlacklistImport(
                upload.dryRun(), read.rows().size() + read.passedOver(), added, known, read.passedOver());
    }

    /** A large file takes a while to read, too long for a thread that serves others. */
    private Mono<Read> read(byte[] file, Charset charset) {
        return Mono.fromCallable(() -> readOrProblem(BlacklistReader.read(file, charset, Instant.now())))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(read -> files.rowsOfUnknownCustomers(read.rows())
                        .map(row -> CsvFault.inRow(row, "blacklist.fault.unknown-customer"))
                        .collectList()
                        .map(faults -> readOrProblem(faults.isEmpty() ? read : new Faulty(faults))));
    }

    private List<Row> rows(Read read, BlacklistUpload upload) {
        return read.rows().stream()
                .map(row -> new Row(
                        row.customerId(),
                        row.email(),
                        row.email() == null ? row.matchKey() : persons.keyOf(row.email()),
                        row.reason(),
                        row.evidence(),
                        row.endsAt(),
                        upload.orders().name(),
                        upload.by()))
                .toList();
    }

    private static Read readOrProblem(BlacklistReading reading) {
        return switch (reading) {
            case Read read -> read;
            case Faulty(var faults) ->
                throw new ProblemException(
                        ProblemType.BLACKLIST_FILE_INVALID,
                        faults.stream()
                                .map(fault -> Fault.at(fault.pointer(), "{" + fault.message() + "}"))
                                .toList(),
                        Map.of());
        };
    }
}
