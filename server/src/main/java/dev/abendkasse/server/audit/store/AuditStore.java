package dev.abendkasse.server.audit.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.abendkasse.server.audit.AuditNote;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Hands notes to the function that enters them. */
@Repository
public class AuditStore {

    private static final String NOTE = """
            select audit(:by, :action, :subject, :details)
            """;

    private final JsonMapper json = JsonMapper.builder()
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private final DatabaseClient db;

    AuditStore(DatabaseClient db) {
        this.db = db;
    }

    /** Entered when the transaction commits. */
    public Mono<Void> note(AuditNote note) {
        return db.sql(NOTE)
                .bind("by", note.by())
                .bind("action", note.action())
                .bind("subject", note.subject() == null ? Parameters.in(String.class) : note.subject())
                .bind("details", Json.of(json.writeValueAsBytes(note.details())))
                .then();
    }
}
