package dev.abendkasse.server.blacklist.store;

import dev.abendkasse.server.blacklist.domain.BlacklistEntry;
import dev.abendkasse.server.blacklist.domain.BlacklistHistory;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.TimeCursor;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;

/** Pages of entries and of what was done with them, the newest first. */
@Repository
public class BlacklistLists {

    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");
    private static final TimeCursor<UUID> START = new TimeCursor<>(END, new UUID(-1, -1));
    private static final TimeCursor<Long> NEWEST = new TimeCursor<>(END, Long.MAX_VALUE);

    private static final String LIST = """
            select blacklist_entry_view(entry)
              from blacklist_entry entry
             where (created_at, entry_id) < (:at, :id)
               and (not :active or (lifted_at is null and coalesce(ends_at > clock_timestamp(), true)))
             order by created_at desc, entry_id desc
             limit :limit
            """;

    private static final String FIND = """
            select blacklist_entry_view(entry)
              from blacklist_entry entry
             where entry_id in (select entry_id from blacklist_key where key = any (person_keys(:key, :customerId)))
               and (created_at, entry_id) < (:at, :id)
               and (not :active or (lifted_at is null and coalesce(ends_at > clock_timestamp(), true)))
             order by created_at desc, entry_id desc
             limit :limit
            """;

    private static final String HISTORY = """
            select jsonb_strip_nulls(jsonb_build_object(
                       'action', action, 'at', at, 'by', by, 'version', version, 'reason', reason, 'evidence', evidence,
                       'endsAt', ends_at, 'note', note, 'orders', orders))
              from blacklist_history
             where entry_id = :entryId and version < :version
             order by version desc
             limit :limit
            """;

    private final DatabaseClient db;
    private final Functions functions;

    BlacklistLists(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** All entries. */
    public Flux<BlacklistEntry> list(boolean active, @Nullable TimeCursor<UUID> before, int limit) {
        return entries(db.sql(LIST), active, before, limit);
    }

    /**
     * Entries that stand in a person's way.
     *
     * @param matchKey hex
     */
    public Flux<BlacklistEntry> find(
            @Nullable String matchKey,
            @Nullable UUID customerId,
            boolean active,
            @Nullable TimeCursor<UUID> before,
            int limit) {
        var search = db.sql(FIND)
                .bind(
                        "key",
                        matchKey == null
                                ? Parameters.in(byte[].class)
                                : HexFormat.of().parseHex(matchKey))
                .bind("customerId", customerId == null ? Parameters.in(UUID.class) : customerId);
        return entries(search, active, before, limit);
    }

    /** What was done with an entry; nothing when there is no such entry. */
    public Flux<BlacklistHistory> history(UUID entryId, @Nullable TimeCursor<Long> before, int limit) {
        return db.sql(HISTORY)
                .bind("entryId", entryId)
                .bind("version", (before == null ? NEWEST : before).id())
                .bind("limit", limit)
                .mapValue(Json.class)
                .all()
                .map(done -> functions.parse(done, BlacklistHistory.class));
    }

    private Flux<BlacklistEntry> entries(
            DatabaseClient.GenericExecuteSpec query, boolean active, @Nullable TimeCursor<UUID> before, int limit) {
        var start = before == null ? START : before;
        return query.bind("at", start.at())
                .bind("id", start.id())
                .bind("active", active)
                .bind("limit", limit)
                .mapValue(Json.class)
                .all()
                .map(entry -> functions.parse(entry, BlacklistEntry.class));
    }
}
