package dev.abendkasse.server.audit;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.model.IncidentResolutionRequest;
import dev.abendkasse.server.testing.Theatre;
import java.util.Map;
import java.util.UUID;

/** What staff do with outages. */
record IncidentDeeds(Theatre theatre, AbendkasseOfficeClient office) {

    Map<String, Deed> all() {
        return Map.of("settleIncident", Deed.repeatable(() -> {
            var incident = over();
            var key = UUID.randomUUID();
            return () -> office.incidents()
                    .settleIncident(incident, key, new IncidentResolutionRequest().reason("It is back"));
        }));
    }

    private UUID over() {
        return theatre.value(
                "insert into incident (upstream, back_at) values ('payment', clock_timestamp()) returning incident_id",
                UUID.class);
    }
}
