package dev.abendkasse.server.blacklist.store;

import dev.abendkasse.server.blacklist.domain.BlacklistEntry;
import dev.abendkasse.server.blacklist.domain.BlacklistResult;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemType;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The blacklist_entry table; adding and lifting are functions of R__6_blacklist.sql. */
@Repository
public class BlacklistStore {

    private static final TimeCursor<UUID> START =
            new TimeCursor<>(Instant.parse("9999-12-31T23:59:59Z"), new UUID(-1, -1));

    private static final String LIST = """
            select blacklist_entry_view(entry)
              from blacklist_entry entry
             where (created_at, entry_id) < (:at, :id)
               and (not :active or (lifted_at is null and coalesce(ends_at > clock_timestamp(), true)))
               and (:key::bytea is null or match_key = :key
                    or customer_id in (select customer_id from customer_email where match_key = :key))
             order by created_at desc, entry_id desc
             limit :limit
            """;

    private final DatabaseClient db;
    private final Functions functions;

    BlacklistStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** What {@link #add} writes. The names of the components are those that the database reads. */
    public record Addition(
            @Nullable UUID customerId,
            @Nullable String email,
            @Nullable String matchKey,
            String reason,
            @Nullable Instant endsAt,
            String by) {}

    /** Waits for checkouts of the person that are being decided. */
    public Mono<BlacklistResult> add(Addition addition) {
        return functions.call("add_blacklist_entry", addition).map(this::toResult);
    }

    /**
     * The newest first.
     *
     * @param matchKey hex; only entries of this address and of customers who have or had it
     */
    public Flux<BlacklistEntry> list(
            @Nullable String matchKey, boolean active, @Nullable TimeCursor<UUID> before, int limit) {
        var start = before == null ? START : before;
        return db.sql(LIST)
                .bind("at", start.at())
                .bind("id", start.id())
                .bind("active", active)
                .bind(
                        "key",
                        matchKey == null
                                ? Parameters.in(byte[].class)
                                : HexFormat.of().parseHex(matchKey))
                .bind("limit", limit)
                .mapValue(Json.class)
                .all()
                .map(this::toEntry);
    }

    private record Lifting(
            UUID entryId, String by, @Nullable String note) {}

    /** The entry, lifted now or earlier; empty when there is none. */
    public Mono<BlacklistEntry> lift(UUID entryId, String by, @Nullable String note) {
        return functions
                .call("lift_blacklist_entry", new Lifting(entryId, by, note))
                .filter(answer -> !answer.has("refused"))
                .map(answer -> functions.read(answer.get("entry"), BlacklistEntry.class));
    }

    private BlacklistResult toResult(JsonNode answer) {
        return answer.has("refused")
                ? new BlacklistResult.Refused(
                        ProblemType.valueOf(answer.get("refused").asString()))
                : new BlacklistResult.Added(functions.read(answer.get("entry"), BlacklistEntry.class));
    }

    private BlacklistEntry toEntry(Json entry) {
        return functions.parse(entry, BlacklistEntry.class);
    }
}
