package dev.abendkasse.server.database;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.r2dbc.postgresql.codec.Json;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a command function: one JSON in, one JSON out, one round trip. */
@Component
public class Functions {

    /** Functions take a missing member for "not given", so nulls stay out. */
    private final JsonMapper json = JsonMapper.builder()
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private final DatabaseClient db;

    public Functions(DatabaseClient db) {
        this.db = db;
    }

    /** @param function the function's name, a constant of the calling store */
    public Mono<JsonNode> call(String function, Object command) {
        return db.sql("select " + function + "(:command)")
                .bind("command", Json.of(json.writeValueAsBytes(command)))
                .mapValue(Json.class)
                .one()
                .map(answer -> json.readTree(answer.asArray()));
    }

    /** Reads what a query returned as JSON. */
    public <T> T parse(Json answer, Class<T> type) {
        return json.readValue(answer.asArray(), type);
    }

    /** Reads a part of an answer. */
    public <T> T read(JsonNode part, Class<T> type) {
        return json.treeToValue(part, type);
    }
}
