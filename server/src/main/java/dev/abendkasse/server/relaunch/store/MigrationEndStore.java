package dev.abendkasse.server.relaunch.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.relaunch.domain.MigrationEnd;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.time.Instant;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** When the former shop's passwords stop working; the functions are those of R__7_relaunch.sql. */
@Repository
public class MigrationEndStore {

    private static final String END = """
            select ends_at, version from migration_end
            """;

    private static final String DROP = """
            select drop_former_hashes(:limit)
            """;

    private final DatabaseClient db;
    private final Functions functions;

    MigrationEndStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    public Mono<MigrationEnd> end() {
        return db.sql(END)
                .map(row -> new MigrationEnd(
                        row.get("ends_at", Instant.class), Objects.requireNonNull(row.get("version", Long.class))))
                .one();
    }

    public Mono<MigrationEnd> set(MigrationEnd.Change change) {
        return functions.call("set_migration_end", change).map(answer -> {
            if (answer.has("refused")) {
                throw refusal(ProblemType.valueOf(answer.get("refused").asString()));
            }
            return functions.read(answer, MigrationEnd.class);
        });
    }

    private static ProblemException refusal(ProblemType problem) {
        return problem == ProblemType.INVALID_REQUEST
                ? new ProblemException(problem, Fault.at("#/endsAt", "{fault.in-the-past}"))
                : new ProblemException(problem);
    }

    /** How many accounts were looked at: none when another replica is at it. */
    public Mono<Long> dropFormerHashes(int limit) {
        return db.sql(DROP).bind("limit", limit).mapValue(Long.class).one();
    }
}
