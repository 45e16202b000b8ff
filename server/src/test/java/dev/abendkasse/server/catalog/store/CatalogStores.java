package dev.abendkasse.server.catalog.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.testing.TestDatabase;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.json.JsonMapper;

/** The catalog's stores on a test's database. */
public final class CatalogStores {

    private final DatabaseClient db;
    private final Functions functions;

    public CatalogStores(TestDatabase database) {
        this.db = database.client();
        this.functions = new Functions(db);
    }

    public SeatingPlanStore plans() {
        return new SeatingPlanStore(db, functions);
    }

    public PerformanceStore performances() {
        return new PerformanceStore(db, JsonMapper.shared());
    }

    public ProgrammeStore programme() {
        return new ProgrammeStore(db, functions);
    }

    public EventStore events() {
        return new EventStore(db, functions);
    }

    public SeatMapStore seatMaps() {
        return new SeatMapStore(db);
    }
}
