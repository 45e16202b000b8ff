package dev.abendkasse.server.cases.store;

import dev.abendkasse.server.cases.domain.CaseAccess;
import dev.abendkasse.server.cases.domain.CaseAnswer;
import dev.abendkasse.server.cases.domain.CaseCommand;
import dev.abendkasse.server.cases.domain.CaseFile;
import dev.abendkasse.server.cases.domain.CaseResult;
import dev.abendkasse.server.cases.domain.CustomerCase;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.problem.ProblemType;
import io.r2dbc.postgresql.codec.Json;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Single cases; the functions are those of R__6_cases.sql and R__6_case_decisions.sql. */
@Repository
public class CaseStore {

    private static final String FIND = """
            select view from case_view(:caseNumber) view where view is not null
            """;

    /** Where the answer to a question leads, but for the question's secret. */
    private static final String PAGE = """
            select case_page(order_id) || '#' || case_number || '.'
              from case_message join case_file using (case_number)
             where message_id = :question and case_page(order_id) is not null
            """;

    private final DatabaseClient db;
    private final Functions functions;

    CaseStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** Empty when there is none with this number. */
    public Mono<CaseFile> find(CaseNumber number) {
        return db.sql(FIND)
                .bind("caseNumber", number.value())
                .mapValue(Json.class)
                .one()
                .map(found -> functions.parse(found, CaseFile.class));
    }

    public Mono<CaseResult<CaseFile>> execute(CaseCommand command) {
        return functions.call(functionFor(command), command).map(answer -> toResult(answer, CaseFile.class));
    }

    /** Changes nothing. */
    public Mono<CaseResult<CustomerCase>> see(CaseAccess access) {
        return functions.call("find_customer_case", access).map(answer -> toResult(answer, CustomerCase.class));
    }

    public Mono<CaseResult<CustomerCase>> answer(CaseAnswer answer) {
        return functions.call("answer_case", answer).map(result -> toResult(result, CustomerCase.class));
    }

    /** Empty when the shop has no page for it any more. */
    public Mono<String> pageOf(UUID question) {
        return db.sql(PAGE).bind("question", question).mapValue(String.class).one();
    }

    private static String functionFor(CaseCommand command) {
        return switch (command) {
            case CaseCommand.Assign _ -> "assign_case";
            case CaseCommand.Comment _ -> "comment_on_case";
            case CaseCommand.Ask _ -> "ask_customer";
            case CaseCommand.Approve _ -> "approve_case";
            case CaseCommand.Reject _ -> "reject_case";
            case CaseCommand.Settle _ -> "settle_case";
        };
    }

    private <T> CaseResult<T> toResult(JsonNode answer, Class<T> type) {
        return answer.has("refused")
                ? new CaseResult.Refused<>(
                        ProblemType.valueOf(answer.get("refused").asString()),
                        textOf(answer, "clerk"),
                        answer.has("retryAfter") ? answer.get("retryAfter").asInt() : null)
                : new CaseResult.Done<>(functions.read(answer.get("case"), type));
    }

    private static @Nullable String textOf(JsonNode answer, String member) {
        return answer.has(member) ? answer.get(member).asString() : null;
    }
}
