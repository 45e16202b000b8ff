package dev.abendkasse.server.migration.store;

import static dev.abendkasse.server.database.Columns.value;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.migration.domain.CustomerImport;
import dev.abendkasse.server.migration.domain.CutOver;
import dev.abendkasse.server.migration.domain.CutOverResult;
import dev.abendkasse.server.migration.domain.ImportResult;
import dev.abendkasse.server.migration.domain.NewImport;
import dev.abendkasse.server.migration.domain.RejectedRow;
import dev.abendkasse.server.migration.domain.RowOutcome;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Wrapped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.RowsFetchSpec;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Imports and their rows; the functions are those of R__7_customer_import.sql, which apply rows with R__7_imported_accounts.sql, and of
 * R__8_cut_over.sql.
 */
@Repository
public class ImportStore {

    private static final int ROWS_AHEAD = 500;

    private static final String COPY = """
            copy customer_import_row
                (import_id, row_no, source_id, canonical, user_canonical, outcome, reason, column_name, facts, cells)
            from stdin (format csv)""";

    private static final String NOTE_PROGRESS = """
            update customer_import
               set row_count = row_count + :rows, reached = reached + :rows, worked_at = clock_timestamp()
             where import_id = :importId and state = 'UPLOADING'
            """;

    private static final String FIND = """
            select customer_import_view(customer_import) from customer_import where import_id = :importId
            """;

    private static final String REJECTIONS = """
            select row_no, outcome, reason, column_name, coalesce(cells, '{}') as cells,
                   coalesce(explanation, note) as note, coalesce(explained_by, signed_by) as explained_by,
                   coalesce(explained_at, signed_at) as explained_at
              from customer_import_row left join cut_over_signature using (signature_id)
             where import_id = :importId and outcome in ('CONFLICT', 'REJECTED') and row_no > :after
               and (:explained is null or (explained_at is not null or signed_at is not null) = :explained)
             order by row_no
             limit :limit
            """;

    private static final String CUT_OVER = """
            select cut_over_view()
            """;

    private final DatabaseClient db;
    private final Functions functions;

    ImportStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    public Mono<ImportResult> begin(NewImport wanted) {
        return functions
                .call(
                        "begin_customer_import",
                        Map.of(
                                "source", wanted.source(),
                                "apply", wanted.apply(),
                                "exportedAt", wanted.exportedAt().toString(),
                                "language", wanted.language(),
                                "shopId", wanted.shopId(),
                                "by", wanted.by()))
                .map(this::toResult);
    }

    /** Puts rows aside, and says how many; fails when the import has been ended meanwhile. */
    public Mono<Long> stage(UUID importId, byte[] rows) {
        return db.inConnection(connection ->
                        postgres(connection).copyIn(COPY).from(rows).build())
                .flatMap(copied -> noteProgress(importId, copied).thenReturn(copied));
    }

    private Mono<Void> noteProgress(UUID importId, long rows) {
        return db.sql(NOTE_PROGRESS)
                .bind("rows", rows)
                .bind("importId", importId)
                .fetch()
                .rowsUpdated()
                .filter(updated -> updated > 0)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.CUSTOMER_IMPORT_STATE)))
                .then();
    }

    public Mono<ImportResult> staged(UUID importId, long rows, String by) {
        return functions
                .call("staged_customer_import", Map.of("importId", importId, "rows", rows, "by", by))
                .map(this::toResult);
    }

    public Mono<Void> fail(UUID importId) {
        return functions
                .call("fail_customer_import", Map.of("importId", importId))
                .then();
    }

    public Mono<ImportResult> apply(UUID importId, long version, String by) {
        return functions
                .call("apply_customer_import", Map.of("importId", importId, "version", version, "by", by))
                .map(this::toResult);
    }

    public Mono<ImportResult> cancel(UUID importId, String by) {
        return functions
                .call("cancel_customer_import", Map.of("importId", importId, "by", by))
                .map(this::toResult);
    }

    /** Empty when there is none. */
    public Mono<CustomerImport> find(UUID importId) {
        return db.sql(FIND)
                .bind("importId", importId)
                .mapValue(Json.class)
                .one()
                .map(found -> functions.parse(found, CustomerImport.class));
    }

    /** The newest first. */
    public Mono<List<CustomerImport>> list(@Nullable Instant beforeAt, @Nullable UUID beforeId, int limit) {
        return functions
                .call("list_customer_imports", new Query(beforeAt, beforeId, limit))
                .map(answer -> functions.read(answer, Found.class).imports());
    }

    /** In the order of the file, as fast as they are read. */
    public Flux<RejectedRow> rejections(UUID importId) {
        return rejected(importId, null, 0, null).all();
    }

    /**
     * In the order of the file.
     *
     * @param explained null: whether or not
     * @param after the number of the row before
     */
    public Mono<List<RejectedRow>> rejections(UUID importId, @Nullable Boolean explained, long after, int limit) {
        return rejected(importId, explained, after, limit).all().collectList();
    }

    private RowsFetchSpec<RejectedRow> rejected(
            UUID importId, @Nullable Boolean explained, long after, @Nullable Integer limit) {
        return db.sql(REJECTIONS)
                .filter(statement -> statement.fetchSize(ROWS_AHEAD))
                .bind("importId", importId)
                .bind("after", after)
                .bind("explained", Parameters.in(R2dbcType.BOOLEAN, explained))
                .bind("limit", Parameters.in(R2dbcType.INTEGER, limit))
                .map(this::toRejected);
    }

    @SuppressWarnings("unchecked")
    private RejectedRow toRejected(Readable row) {
        return new RejectedRow(
                value(row, "row_no", Long.class),
                RowOutcome.valueOf(value(row, "outcome", String.class)),
                row.get("reason", String.class),
                row.get("column_name", String.class),
                functions.parse(value(row, "cells", Json.class), Map.class),
                toExplanation(row));
    }

    private static RejectedRow.@Nullable Explanation toExplanation(Readable row) {
        var note = row.get("note", String.class);
        return note == null
                ? null
                : new RejectedRow.Explanation(
                        note, value(row, "explained_by", String.class), value(row, "explained_at", Instant.class));
    }

    public Mono<ImportResult> explain(UUID importId, Collection<Long> rows, String note, String by) {
        return functions
                .call("explain_import_rows", Map.of("importId", importId, "rows", rows, "note", note, "by", by))
                .map(this::toResult);
    }

    /** Forgets what stands in up to so many rows that nobody needs any more, of imports that ended that long ago; says how many. */
    public Mono<Long> forget(Duration age, int limit) {
        return functions
                .call("forget_import_rows", Map.of("seconds", age.toSeconds(), "limit", limit))
                .map(answer -> answer.get("forgotten").asLong());
    }

    /** One batch; false when there is nothing to do. */
    public Mono<Boolean> goOn(int rows) {
        return functions
                .call("continue_customer_import", Map.of("limit", rows))
                .map(answer -> answer.get("worked").asBoolean());
    }

    public Mono<CutOver> cutOver() {
        return db.sql(CUT_OVER).mapValue(Json.class).one().map(found -> functions.parse(found, CutOver.class));
    }

    public Mono<CutOverResult> openCutOver(String digest, String note, String by) {
        return functions
                .call("open_cut_over", Map.of("exceptionsDigest", digest, "note", note, "by", by))
                .map(answer -> answer.has("refused")
                        ? new CutOverResult.NotReady()
                        : new CutOverResult.Open(functions.read(answer.get("cutOver"), CutOver.class)));
    }

    private ImportResult toResult(JsonNode answer) {
        return answer.has("refused")
                ? new ImportResult.Refused(
                        ProblemType.valueOf(answer.get("refused").asString()))
                : new ImportResult.Done(functions.read(answer.get("import"), CustomerImport.class));
    }

    private static PostgresqlConnection postgres(Connection connection) {
        var inner = connection;
        while (!(inner instanceof PostgresqlConnection) && inner instanceof Wrapped<?> wrapped) {
            inner = (Connection) wrapped.unwrap();
        }
        return (PostgresqlConnection) inner;
    }

    private record Query(
            @Nullable Instant beforeAt, @Nullable UUID beforeId, int limit) {}

    private record Found(List<CustomerImport> imports) {}
}
