package dev.abendkasse.server.letters.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.letters.domain.LetterFacts;
import io.r2dbc.postgresql.codec.Json;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Reads what a letter is about; the function is one of R__7_letter_facts.sql. */
@Repository
public class LetterStore {

    private static final String FACTS = """
            select facts from letter_facts(:posted) facts where facts is not null
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
}
