package dev.abendkasse.server.letters.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.letters.domain.CaseLetterFacts;
import dev.abendkasse.server.letters.domain.LetterFacts;
import io.r2dbc.postgresql.codec.Json;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Reads what a letter is about; the functions are those of R__7_letter_facts.sql and R__7_case_letters.sql. */
@Repository
public class LetterStore {

    private static final String FACTS = """
            select facts from letter_facts(:posted) facts where facts is not null
            """;

    private static final String CASE_FACTS = """
            select facts from case_letter_facts(:posted) facts where facts is not null
            """;

    private final DatabaseClient db;
    private final Functions functions;

    LetterStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /**
     * Empty when there is no such order.
     *
     * @param posted what the message says: the order, and the link, refund, case or change that the letter is about
     */
    public Mono<LetterFacts> facts(JsonNode posted) {
        return db.sql(FACTS)
                .bind("posted", Json.of(posted.toString()))
                .mapValue(Json.class)
                .one()
                .map(facts -> functions.parse(facts, LetterFacts.class));
    }

    /**
     * The same for letters about cases.
     *
     * @param posted what the message says: the case, and the question that is asked
     */
    public Mono<CaseLetterFacts> caseFacts(JsonNode posted) {
        return db.sql(CASE_FACTS)
                .bind("posted", Json.of(posted.toString()))
                .mapValue(Json.class)
                .one()
                .map(facts -> functions.parse(facts, CaseLetterFacts.class));
    }
}
