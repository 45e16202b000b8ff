package dev.abendkasse.server.redirects.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.redirects.domain.Disclosure;
import dev.abendkasse.server.redirects.domain.DisclosureRecord;
import dev.abendkasse.server.redirects.domain.DisclosureResult;
import dev.abendkasse.server.redirects.domain.DisclosureSearch;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Disclosures, made and found by the functions of R__6_redirects.sql. */
@Repository
public class DisclosureStore {

    private static final String FORGET = """
            select forget_disclosures(:seconds, :limit)
            """;

    private final DatabaseClient db;
    private final Functions functions;

    DisclosureStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** What {@link #disclose} writes down. The names of the components are those that the database reads. */
    public record Asked(
            @Nullable UUID customerId,
            @Nullable String email,
            @Nullable String matchKey,
            String proof,
            String checkedBy,
            String language,
            String by) {}

    public Mono<DisclosureResult> disclose(Asked asked) {
        return functions.call("disclose_blacklisting", asked).map(this::toResult);
    }

    private record Sought(
            @Nullable UUID customerId,
            @Nullable String matchKey,
            @Nullable Instant beforeAt,
            @Nullable UUID beforeId,
            int limit) {}

    private record Found(List<DisclosureRecord> disclosures) {}

    /** The newest first, and one more than is asked for if there is one more. */
    public Mono<List<DisclosureRecord>> search(DisclosureSearch search, @Nullable String matchKey) {
        var before = search.before();
        var sought = new Sought(
                search.customerId(),
                matchKey,
                before == null ? null : before.at(),
                before == null ? null : before.id(),
                search.limit());
        return functions
                .call("search_disclosures", sought)
                .map(answer -> functions.read(answer, Found.class).disclosures());
    }

    /** Forgets up to so many disclosures that are that long ago, and says how many. */
    public Mono<Long> forget(Duration age, int limit) {
        return db.sql(FORGET)
                .bind("seconds", age.toMillis() / 1000.0)
                .bind("limit", limit)
                .mapValue(Long.class)
                .one();
    }

    private DisclosureResult toResult(JsonNode answer) {
        return answer.has("refused")
                ? new DisclosureResult.Refused(
                        ProblemType.valueOf(answer.get("refused").asString()))
                : new DisclosureResult.Told(functions.read(answer, Disclosure.class));
    }
}
