package dev.abendkasse.server.credit.store;

import dev.abendkasse.server.credit.domain.CreditEntry;
import dev.abendkasse.server.credit.domain.LimitChange;
import dev.abendkasse.server.database.Functions;
import io.r2dbc.postgresql.codec.Json;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;

/** What has moved credit accounts and their limits. */
@Repository
public class CreditHistoryStore {

    private static final String ENTRIES = """
            select jsonb_build_object('entryId', entry_id, 'orderId', order_id, 'orderNumber', order_number::text,
                                      'delta', delta, 'cause', cause, 'at', at)
              from credit_entry entry join orders using (order_id)
             where entry.customer_id = :customerId and entry_id < :before
             order by entry_id desc
             limit :limit
            """;

    private static final String CHANGES = """
            select jsonb_strip_nulls(jsonb_build_object('changeId', change_id, 'from', from_amount, 'to', to_amount,
                                                        'reason', reason, 'by', changed_by, 'at', changed_at))
              from credit_limit_change
             where customer_id = :customerId and change_id < :before
             order by change_id desc
             limit :limit
            """;

    private final DatabaseClient db;
    private final Functions functions;

    CreditHistoryStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** @param before entries of an account have ids in the order of their instants: its row is locked when they are made */
    public Flux<CreditEntry> entries(UUID customerId, @Nullable Long before, int limit) {
        return list(ENTRIES, customerId, before, limit, CreditEntry.class);
    }

    /** The latest first, as the entries. */
    public Flux<LimitChange> changes(UUID customerId, @Nullable Long before, int limit) {
        return list(CHANGES, customerId, before, limit, LimitChange.class);
    }

    private <T> Flux<T> list(String sql, UUID customerId, @Nullable Long before, int limit, Class<T> type) {
        return db.sql(sql)
                .bind("customerId", customerId)
                .bind("before", before == null ? Long.MAX_VALUE : before)
                .bind("limit", limit)
                .mapValue(Json.class)
                .all()
                .map(found -> functions.parse(found, type));
    }
}
