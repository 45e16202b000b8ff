package dev.abendkasse.server.bank.store;

import dev.abendkasse.server.bank.domain.BankLine;
import dev.abendkasse.server.bank.domain.BankStatement;
import dev.abendkasse.server.bank.domain.ExactBookings;
import dev.abendkasse.server.bank.domain.LineResult;
import dev.abendkasse.server.bank.domain.ReceivedPayment;
import dev.abendkasse.server.bank.domain.StatementLine;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Bank statements and their lines; their commands are the functions of R__6_bank.sql. */
@Repository
public class BankStatementStore {

    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");
    private static final UUID LAST = new UUID(-1, -1);

    private static final String FIND = """
            select statement_view(:statementId) where exists (select from bank_statement where statement_id = :statementId)
            """;

    private static final String LIST = """
            select statement_view(statement_id) from bank_statement
             where (uploaded_at, statement_id) < (:at, :id)
             order by uploaded_at desc, statement_id desc
             limit :limit
            """;

    private static final String LINES = """
            select line_view(line) from bank_line line
             where statement_id = :statementId and row_no > :row
               and (:state::text is null or state = :state)
             order by row_no
             limit :limit
            """;

    private final DatabaseClient db;
    private final Functions functions;

    BankStatementStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** A statement to keep. The names of the components are those that the database reads. */
    public record Upload(UUID statementId, String by, int passedOver, List<StatementLine> lines, Idempotency repeat) {}

    /** Keeps the lines that no earlier statement had. */
    public Mono<BankStatement> upload(Upload upload) {
        return functions
                .call("upload_statement", upload)
                .map(BankStatementStore::accepted)
                .map(answer -> functions.read(answer.get("statement"), BankStatement.class));
    }

    public Mono<BankStatement> find(UUID statement) {
        return db.sql(FIND)
                .bind("statementId", statement)
                .mapValue(Json.class)
                .one()
                .map(found -> functions.parse(found, BankStatement.class));
    }

    /** The latest first. */
    public Flux<BankStatement> list(@Nullable TimeCursor<UUID> before, int limit) {
        return db.sql(LIST)
                .bind("at", before == null ? END : before.at())
                .bind("id", before == null ? LAST : before.id())
                .bind("limit", limit)
                .mapValue(Json.class)
                .all()
                .map(found -> functions.parse(found, BankStatement.class));
    }

    /** In the order of the file, after this row. */
    public Flux<BankLine> lines(UUID statement, BankLine.@Nullable State state, int row, int limit) {
        return db.sql(LINES)
                .bind("statementId", statement)
                .bind("row", row)
                .bind("state", state == null ? Parameters.in(String.class) : state.name())
                .bind("limit", limit)
                .mapValue(Json.class)
                .all()
                .map(found -> functions.parse(found, BankLine.class));
    }

    /** Which line is meant, and under which key it is booked. */
    public record Line(UUID lineId, @Nullable Idempotency repeat) {}

    /** Locks an open line until the end of the transaction. */
    public Mono<LineResult> take(Line line) {
        return functions.call("take_line", line).map(this::toResult);
    }

    public Mono<LineResult> dismiss(UUID line, String reason, String by) {
        return functions
                .call("dismiss_line", Map.of("lineId", line, "reason", reason, "by", by))
                .map(this::toResult);
    }

    /** A go at the lines of a statement that fit exactly. */
    public record Go(UUID statementId, int limit, Idempotency repeat) {}

    /** What such a go has to look at, or what it answered before. */
    public record Likely(
            @Nullable List<UUID> lines, @Nullable ExactBookings before) {}

    public Mono<Likely> likely(Go go) {
        return functions
                .call("likely_lines", go)
                .map(BankStatementStore::accepted)
                .map(answer -> answer.has("lines")
                        ? new Likely(ids(answer.get("lines")), null)
                        : new Likely(null, functions.read(answer, ExactBookings.class)));
    }

    /** The end of such a go. */
    public record Finish(UUID statementId, int booked, boolean more, String by, Idempotency repeat) {}

    public Mono<ExactBookings> finish(Finish finish) {
        return functions.call("finish_lines", finish).map(answer -> functions.read(answer, ExactBookings.class));
    }

    private LineResult toResult(JsonNode answer) {
        if (answer.has("refused")) {
            return new LineResult.Refused(
                    ProblemType.valueOf(answer.get("refused").asString()));
        }
        return answer.has("line")
                ? new LineResult.Taken(functions.read(answer.get("line"), BankLine.class))
                : new LineResult.BookedBefore(functions.read(answer.get("received"), ReceivedPayment.class));
    }

    private static JsonNode accepted(JsonNode answer) {
        if (answer.has("refused")) {
            throw new ProblemException(ProblemType.valueOf(answer.get("refused").asString()));
        }
        return answer;
    }

    private static List<UUID> ids(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(id -> UUID.fromString(id.asString()))
                .toList();
    }
}
