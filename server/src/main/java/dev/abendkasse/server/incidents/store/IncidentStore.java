package dev.abendkasse.server.incidents.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.incidents.domain.Incident;
import dev.abendkasse.server.incidents.domain.SettleCommand;
import dev.abendkasse.server.incidents.domain.Settlement;
import dev.abendkasse.server.shared.Actor;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemType;
import io.r2dbc.postgresql.codec.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Incidents; the functions are those of R__6_incidents.sql. */
@Repository
public class IncidentStore {

    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");
    private static final UUID LAST = new UUID(-1, -1);

    private static final String PRESENT = """
            select upstream from incident where back_at is null
            """;

    private static final String FIND = """
            select incident_view(incident) from incident where incident_id = :id
            """;

    private static final String LIST = """
            select incident_view(incident)
              from incident
             where (began_at, incident_id) < (:at, :id)
             order by began_at desc, incident_id desc
             limit :limit
            """;

    private final DatabaseClient db;
    private final Functions functions;

    IncidentStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** Which services cannot be reached, as far as anybody has noticed. */
    public Flux<String> present() {
        return db.sql(PRESENT).mapValue(String.class).all();
    }

    /** Empty when there is none. */
    public Mono<Incident> find(UUID incident) {
        return db.sql(FIND)
                .bind("id", incident)
                .mapValue(Json.class)
                .one()
                .map(found -> functions.parse(found, Incident.class));
    }

    /** The latest first. */
    public Flux<Incident> list(@Nullable TimeCursor<UUID> after, int limit) {
        return db.sql(LIST)
                .bind("at", after == null ? END : after.at())
                .bind("id", after == null ? LAST : after.id())
                .bind("limit", limit)
                .mapValue(Json.class)
                .all()
                .map(found -> functions.parse(found, Incident.class));
    }

    /** The service answers again. The incident that is over now; empty when there is none, or people are still turned away. */
    public Mono<UUID> back(String upstream) {
        return functions
                .call("upstream_back", Map.of("upstream", upstream))
                .filter(answer -> answer.has("incidentId"))
                .map(answer -> UUID.fromString(answer.get("incidentId").asString()));
    }

    /** Moves the holds of so many orders whose incident is over, or is not over after all; how many there were. */
    public Mono<Integer> moveHolds(int most) {
        return functions
                .call("hold_for_incidents", Map.of("most", most))
                .map(answer -> answer.get("moved").asInt());
    }

    /** What there is to approve, or what was answered before. Changes nothing. */
    public Mono<Settlement> toSettle(SettleCommand command) {
        return functions.call("incident_to_settle", command).map(this::toSettlement);
    }

    /** What became of it, to be kept. */
    public record Outcome(
            UUID incidentId,
            Actor actor,
            String reason,
            int approved,
            List<Settlement.Failure> failures,
            Idempotency repeat) {

        public Outcome {
            failures = List.copyOf(failures);
        }
    }

    /** Notes what became of it, and keeps it as the answer. */
    public Mono<Settlement> settled(Outcome outcome) {
        return functions.call("incident_settled", outcome).map(this::toSettlement);
    }

    private Settlement toSettlement(JsonNode answer) {
        if (answer.has("refused")) {
            return new Settlement.Refused(
                    ProblemType.valueOf(answer.get("refused").asString()));
        }
        return answer.has("cases")
                ? functions.read(answer, Settlement.Begun.class)
                : functions.read(answer, Settlement.Done.class);
    }
}
