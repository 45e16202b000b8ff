package dev.abendkasse.server.bank;

import dev.abendkasse.server.bank.csv.StatementReader;
import dev.abendkasse.server.bank.csv.StatementReading.Faulty;
import dev.abendkasse.server.bank.csv.StatementReading.Read;
import dev.abendkasse.server.bank.domain.BankLine;
import dev.abendkasse.server.bank.domain.BankStatement;
import dev.abendkasse.server.bank.domain.StatementLine;
import dev.abendkasse.server.bank.store.BankStatementStore;
import dev.abendkasse.server.bank.store.BankStatementStore.Upload;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Takes statements of the account and shows what is on them. */
@Service
public class BankStatementService {

    private final BankStatementStore statements;
    private final StatementReader reader;

    BankStatementService(BankStatementStore statements, BankProperties properties) {
        this.statements = statements;
        this.reader = new StatementReader(properties.format());
    }

    /** Keeps what is new on a statement; all of it can be read, or nothing is kept. */
    public Mono<BankStatement> upload(byte[] file, Charset charset, String by, Idempotency repeat) {
        return read(file, charset)
                .map(read ->
                        new Upload(UUID.randomUUID(), by, read.passedOver(), StatementLine.of(read.credits()), repeat))
                .flatMap(statements::upload)
                .retryWhen(ReceivedPaymentService.oncePerKey());
    }

    public Mono<BankStatement> find(UUID statement) {
        return statements
                .find(statement)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.BANK_STATEMENT_NOT_FOUND)));
    }

    /** The latest first. */
    public Mono<Page<BankStatement>> list(@Nullable TimeCursor<UUID> before, int limit) {
        return statements
                .list(before, limit + 1)
                .collectList()
                .map(found -> Page.of(found, limit, BankStatementService::cursor));
    }

    /** In the order of the file. */
    public Mono<Page<BankLine>> lines(
            UUID statement, BankLine.@Nullable State state, @Nullable TimeCursor<Integer> after, int limit) {
        return find(statement)
                .flatMap(known -> statements
                        .lines(statement, state, after == null ? 0 : after.id(), limit + 1)
                        .collectList()
                        .map(found -> Page.of(found, limit, cursorIn(known))));
    }

    /** A large file takes a while to read, too long for a thread that serves others. */
    private Mono<Read> read(byte[] file, Charset charset) {
        return Mono.fromCallable(() -> readOrProblem(file, charset)).subscribeOn(Schedulers.boundedElastic());
    }

    private Read readOrProblem(byte[] file, Charset charset) {
        return switch (reader.read(file, charset)) {
            case Read read -> read;
            case Faulty(var faults) ->
                throw new ProblemException(
                        ProblemType.BANK_STATEMENT_INVALID,
                        faults.stream()
                                .map(fault -> Fault.at(fault.pointer(), "{" + fault.message() + "}"))
                                .toList(),
                        Map.of());
        };
    }

    private static String cursor(BankStatement last) {
        return new TimeCursor<>(last.uploadedAt(), last.statementId()).text();
    }

    private static Function<BankLine, String> cursorIn(BankStatement statement) {
        return last -> new TimeCursor<>(statement.uploadedAt(), last.row()).text();
    }
}
