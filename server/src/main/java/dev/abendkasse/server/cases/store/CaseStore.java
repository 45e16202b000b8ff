package dev.abendkasse.server.cases.store;

import dev.abendkasse.server.cases.domain.CaseFile;
import dev.abendkasse.server.cases.domain.CaseSearch;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.CaseNumber;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The case_file table. */
@Repository
public class CaseStore {

    private static final Instant START = Instant.parse("0001-01-01T00:00:00Z");

    /** A case that waits ends with the hold of the order it is about, as expire_orders() will write down later. */
    private static final String VIEW = """
            select jsonb_strip_nulls(jsonb_build_object(
                       'caseNumber', case_number, 'kind', kind, 'state', present.state, 'orderId', case_file.order_id,
                       'orderNumber', orders.order_number::text,
                       'amount', case when amount is not null
                                      then jsonb_build_object('amount', amount, 'currency', case_file.currency) end,
                       'note', nullif(left(case_file.note, 4000), ''),
                       'deadline', deadline, 'createdAt', case_file.created_at, 'endedAt', ended_at))
              from case_file
              left join orders on orders.order_id = case_file.order_id,
                   lateral (select case when case_file.state in ('OPEN', 'WAITING_FOR_CUSTOMER')
                                             and kind <> 'LATE_PAYMENT' and orders.state = 'UNDER_REVIEW'
                                             and orders.held_until <= clock_timestamp()
                                        then 'EXPIRED' else case_file.state end as state) present
            """;

    private static final String FIND = VIEW + """
             where case_number = :caseNumber
            """;

    private static final String LIST = VIEW + """
             where (case_file.created_at, case_number) > (:at, :number)
               and (:kind::text is null or kind = :kind)
               and (:state::text is null or present.state = :state)
               %s
             order by case_file.created_at, case_number
             limit :limit
            """;

    private static final String LIST_ALL = LIST.formatted("");

    /** Says outright what the index of the queue needs to hear. */
    private static final String LIST_QUEUE = LIST.formatted("and case_file.state in ('OPEN', 'WAITING_FOR_CUSTOMER')");

    private final DatabaseClient db;
    private final Functions functions;

    CaseStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    public Mono<CaseFile> find(CaseNumber number) {
        return db.sql(FIND)
                .bind("caseNumber", number.value())
                .mapValue(Json.class)
                .one()
                .map(this::toCase);
    }

    /** The oldest first. */
    public Flux<CaseFile> list(CaseSearch search, int limit) {
        var after = search.after();
        var state = search.state();
        return db.sql(state != null && state.isOpen() ? LIST_QUEUE : LIST_ALL)
                .bind("at", after == null ? START : after.at())
                .bind("number", after == null ? "" : after.id().value())
                .bind("kind", orNull(search.kind()))
                .bind("state", orNull(state))
                .bind("limit", limit)
                .mapValue(Json.class)
                .all()
                .map(this::toCase);
    }

    private CaseFile toCase(Json found) {
        return functions.parse(found, CaseFile.class);
    }

    private static Object orNull(@Nullable Enum<?> value) {
        return value == null ? Parameters.in(String.class) : value.name();
    }
}
