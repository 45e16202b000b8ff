package dev.abendkasse.server.blacklist.store;

import dev.abendkasse.server.blacklist.domain.BlacklistChange;
import dev.abendkasse.server.blacklist.domain.BlacklistEntry;
import dev.abendkasse.server.blacklist.domain.BlacklistPreview;
import dev.abendkasse.server.blacklist.domain.BlacklistResult;
import dev.abendkasse.server.blacklist.domain.Evidence;
import dev.abendkasse.server.blacklist.domain.OrderDecision;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.problem.ProblemType;
import io.r2dbc.postgresql.codec.Json;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Entries of the blacklist, one by one; the commands are functions of R__6_blacklist.sql. */
@Repository
public class BlacklistStore {

    private static final String FIND = """
            select blacklist_entry_view(entry) from blacklist_entry entry where entry_id = :entryId
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
            List<Evidence> evidence,
            @Nullable Instant endsAt,
            List<OrderDecision> orders,
            String by,
            Idempotency repeat) {}

    /** Waits for checkouts of the person that are being decided. */
    public Mono<BlacklistResult<BlacklistEntry>> add(Addition addition) {
        return functions.call("add_blacklist_entry", addition).map(this::toEntryResult);
    }

    /** Whom {@link #preview} is about, and who asks. */
    public record Look(@Nullable UUID customerId, @Nullable String matchKey, String by) {}

    /** Locks nothing. */
    public Mono<BlacklistResult<BlacklistPreview>> preview(Look look) {
        return functions
                .call("preview_blacklist_entry", look)
                .map(answer -> toResult(answer, "preview", BlacklistPreview.class));
    }

    public Mono<BlacklistEntry> find(UUID entryId) {
        return db.sql(FIND)
                .bind("entryId", entryId)
                .mapValue(Json.class)
                .one()
                .map(entry -> functions.parse(entry, BlacklistEntry.class));
    }

    public Mono<BlacklistResult<BlacklistEntry>> change(BlacklistChange change) {
        return functions.call("change_blacklist_entry", change).map(this::toEntryResult);
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

    private BlacklistResult<BlacklistEntry> toEntryResult(JsonNode answer) {
        return toResult(answer, "entry", BlacklistEntry.class);
    }

    private <T> BlacklistResult<T> toResult(JsonNode answer, String member, Class<T> type) {
        return answer.has("refused")
                ? new BlacklistResult.Refused<>(
                        ProblemType.valueOf(answer.get("refused").asString()), orders(answer))
                : new BlacklistResult.Done<>(functions.read(answer.get(member), type));
    }

    private static List<String> orders(JsonNode answer) {
        return answer.has("orders")
                ? answer.get("orders").valueStream().map(JsonNode::asString).toList()
                : List.of();
    }
}
