package dev.abendkasse.server.refund.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.refund.domain.Refund;
import dev.abendkasse.server.refund.domain.RefundCommand;
import dev.abendkasse.server.refund.domain.RefundResult;
import dev.abendkasse.server.shared.OrderView;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemType;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Refunds in the database; the commands are the functions of R__5_refunds.sql. */
@Repository
public class RefundStore {

    private static final Instant START = Instant.parse("0001-01-01T00:00:00Z");
    private static final UUID FIRST = new UUID(0, 0);

    private static final String LIST = """
            select refund_view(refund) from refund
             where (created_at, refund_id) > (:at, :id)
               and (:state::text is null or state = :state)
             order by created_at, refund_id
             limit :limit
            """;

    private final DatabaseClient db;
    private final Functions functions;

    RefundStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** Carries a command out in one round trip. */
    public Mono<RefundResult> execute(RefundCommand command) {
        return functions.call(functionFor(command), command).map(this::toResult);
    }

    /** The oldest first. */
    public Flux<Refund> list(Refund.@Nullable State state, @Nullable TimeCursor<UUID> after, int limit) {
        return db.sql(LIST)
                .bind("at", after == null ? START : after.at())
                .bind("id", after == null ? FIRST : after.id())
                .bind("state", state == null ? Parameters.in(String.class) : state.name())
                .bind("limit", limit)
                .mapValue(Json.class)
                .all()
                .map(found -> functions.parse(found, Refund.class));
    }

    private static String functionFor(RefundCommand command) {
        return switch (command) {
            case RefundCommand.Terms _ -> "refund_terms";
            case RefundCommand.Return _ -> "return_tickets";
            case RefundCommand.ByStaff _ -> "refund_order";
            case RefundCommand.Confirm _ -> "confirm_refund";
        };
    }

    private RefundResult toResult(JsonNode answer) {
        if (answer.has("refused")) {
            return new RefundResult.Refused(
                    ProblemType.valueOf(answer.get("refused").asString()));
        }
        if (answer.has("refund")) {
            return new RefundResult.Confirmed(functions.read(answer.get("refund"), Refund.class));
        }
        var refunds = list(answer.get("refunds"), Refund.class);
        return answer.has("order")
                ? new RefundResult.Given(functions.read(answer.get("order"), OrderView.class), refunds)
                : new RefundResult.Offered(list(answer.get("items"), RefundResult.Returnable.class), refunds);
    }

    private <T> List<T> list(JsonNode array, Class<T> type) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(one -> functions.read(one, type))
                .toList();
    }
}
