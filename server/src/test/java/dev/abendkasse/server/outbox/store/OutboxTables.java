package dev.abendkasse.server.outbox.store;

import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.json.JsonMapper;

/** Opens the module's stores to tests that have no Spring. */
public final class OutboxTables {

    private OutboxTables() {}

    public static OutboxStore messages(DatabaseClient db) {
        return new OutboxStore(db, JsonMapper.shared());
    }

    public static OutboxUpkeepStore upkeep(DatabaseClient db) {
        return new OutboxUpkeepStore(db);
    }
}
