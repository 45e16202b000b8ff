package dev.abendkasse.server.seathistory.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.seathistory.domain.SeatAnswer;
import dev.abendkasse.server.seathistory.domain.SeatHold;
import dev.abendkasse.server.seathistory.domain.SeatNow;
import dev.abendkasse.server.seathistory.domain.SeatQuestion;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What has happened to places, as the functions of R__1_place_history.sql and R__6_seat_history.sql note and tell it. */
@Repository
public class SeatHistoryStore {

    private static final String FORGET = """
            select forget_place_changes(:seconds, :limit)
            """;

    private final DatabaseClient db;
    private final Functions functions;

    SeatHistoryStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    public Mono<SeatAnswer> tell(SeatQuestion question) {
        return functions.call("seat_history", question).map(answer -> toAnswer(answer, question.limit()));
    }

    /** Forgets up to so many changes of places whose performance is over for that long, and says how many. */
    public Mono<Long> forget(Duration age, int limit) {
        return db.sql(FORGET)
                .bind("seconds", age.toMillis() / 1000.0)
                .bind("limit", limit)
                .mapValue(Long.class)
                .one();
    }

    private record Found(SeatNow now, List<SeatHold> holds) {}

    private SeatAnswer toAnswer(JsonNode answer, int limit) {
        if (answer.has("refused")) {
            return new SeatAnswer.Refused(
                    ProblemType.valueOf(answer.get("refused").asString()));
        }
        var found = functions.read(answer, Found.class);
        return new SeatAnswer.Known(found.now(), Page.of(found.holds(), limit, SeatHistoryStore::cursor));
    }

    private static String cursor(SeatHold last) {
        return new TimeCursor<>(last.from(), last.fence()).text();
    }
}
