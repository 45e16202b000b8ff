package dev.abendkasse.server.blacklist.store;

import dev.abendkasse.server.blacklist.domain.BlacklistEntry;
import dev.abendkasse.server.blacklist.domain.BlacklistImport;
import dev.abendkasse.server.blacklist.domain.BlacklistRow;
import dev.abendkasse.server.blacklist.domain.BlacklistUpload;
import dev.abendkasse.server.blacklist.domain.Evidence;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import io.r2dbc.postgresql.codec.Json;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Many entries at a time, in and out; the functions are those of R__6_blacklist_files.sql. */
@Repository
public class BlacklistFileStore {

    private static final String ALL = """
            select blacklist_entry_view(entry) as entry, encode(match_key, 'hex') as match_key
              from blacklist_entry entry
             where not :active or (lifted_at is null and coalesce(ends_at > clock_timestamp(), true))
             order by created_at, entry_id
            """;

    private static final String UNKNOWN = """
            select row from unnest(:rows, :customers) as named (row, customer_id)
             where not exists (select from customer where customer.customer_id = named.customer_id)
             order by row
            """;

    private final DatabaseClient db;
    private final Functions functions;

    BlacklistFileStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** A row as the database reads it. */
    public record Row(
            @Nullable UUID customerId,
            @Nullable String email,
            @Nullable String matchKey,
            String reason,
            List<Evidence> evidence,
            @Nullable Instant endsAt,
            String otherOrders,
            String by) {}

    /** @param matchKey hex; none for an entry of an account alone */
    public record Line(BlacklistEntry entry, @Nullable String matchKey) {}

    private record Beginning(UUID importId, Idempotency repeat) {}

    private record End(BlacklistImport result, String by, Idempotency repeat) {}

    /** What the same upload has come to before; empty when it is new, or was cut off. */
    public Mono<BlacklistImport> begin(BlacklistUpload upload) {
        return functions
                .call("begin_blacklist_import", new Beginning(UUID.randomUUID(), upload.repeat()))
                .map(BlacklistFileStore::acceptedOrProblem)
                .filter(answer -> answer.has("import"))
                .map(answer -> functions.read(answer.get("import"), BlacklistImport.class));
    }

    /** Whether it was not there yet. */
    public Mono<Boolean> add(Row row) {
        return functions
                .call("add_blacklist_row", row)
                .map(BlacklistFileStore::acceptedOrProblem)
                .map(answer -> answer.has("entry"));
    }

    /** Whether it is not there yet; changes nothing. */
    public Mono<Boolean> isNew(Row row) {
        return functions
                .call("known_blacklist_row", row)
                .map(answer -> !answer.get("known").asBoolean());
    }

    public Mono<Void> end(BlacklistUpload upload, BlacklistImport result) {
        return functions
                .call("end_blacklist_import", new End(result, upload.by(), upload.repeat()))
                .then();
    }

    /** Which rows name a customer that there is not. */
    public Flux<Integer> rowsOfUnknownCustomers(List<BlacklistRow> rows) {
        var named = rows.stream().filter(row -> row.customerId() != null).toList();
        return db.sql(UNKNOWN)
                .bind("rows", named.stream().map(BlacklistRow::row).toArray(Integer[]::new))
                .bind(
                        "customers",
                        named.stream()
                                .map(row -> Objects.requireNonNull(row.customerId()))
                                .toArray(UUID[]::new))
                .mapValue(Integer.class)
                .all();
    }

    /** The oldest first. */
    public Flux<Line> all(boolean active) {
        return db.sql(ALL)
                .bind("active", active)
                .map(row -> new Line(
                        functions.parse(Objects.requireNonNull(row.get("entry", Json.class)), BlacklistEntry.class),
                        row.get("match_key", String.class)))
                .all();
    }

    private static JsonNode acceptedOrProblem(JsonNode answer) {
        if (answer.has("refused")) {
            throw new ProblemException(ProblemType.valueOf(answer.get("refused").asString()));
        }
        return answer;
    }
}
