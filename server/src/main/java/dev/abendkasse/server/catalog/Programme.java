package dev.abendkasse.server.catalog;

import java.util.UUID;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Sets up what is on sale. What does not fit together ends with a ProblemException and changes nothing. */
public interface Programme {

    /** Whether there is no event yet. */
    Mono<Boolean> isEmpty();

    /** Imports a hall and says under which id. */
    Mono<UUID> addHall(JsonNode document);

    Mono<UUID> addEvent(String title, String description);

    /** Adds a performance with all its places and prices. */
    Mono<UUID> addPerformance(UUID eventId, PerformanceDraft draft);
}
