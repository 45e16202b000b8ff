package dev.abendkasse.server.catalog;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.catalog.SeatingPlanService.Imported;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The programme as staff set it up, which is written down with what they do. */
@Service
public class ProgrammeDesk {

    private final ProgrammeService programme;
    private final SeatingPlanService plans;
    private final Audit audit;

    ProgrammeDesk(ProgrammeService programme, SeatingPlanService plans, Audit audit) {
        this.programme = programme;
        this.plans = plans;
        this.audit = audit;
    }

    public Mono<Imported> importPlan(JsonNode document, String by) {
        return audit.noted(
                plans.importPlan(document),
                imported -> AuditNote.of(
                        by,
                        "seating-plan.import",
                        imported.plan().seatingPlanId(),
                        Map.of("name", imported.plan().name())));
    }

    public Mono<UUID> addEvent(String title, String description, String by) {
        return audit.noted(
                programme.addEvent(title, description),
                id -> AuditNote.of(by, "event.create", id, Map.of("title", title, "description", description)));
    }

    /** @param version what the caller is looking at */
    public Mono<UUID> changeEvent(UUID eventId, long version, String title, String description, String by) {
        var details = Map.of("version", version, "title", title, "description", description);
        return audit.noted(
                programme.changeEvent(eventId, version, title, description),
                id -> AuditNote.of(by, "event.change", id, details));
    }

    public Mono<UUID> addPerformance(UUID eventId, PerformanceDraft draft, String by) {
        return audit.noted(
                programme.addPerformance(eventId, draft),
                id -> AuditNote.of(by, "performance.create", id, Map.of("eventId", eventId, "draft", draft)));
    }

    /** @param version what the caller is looking at */
    public Mono<UUID> changePerformance(UUID performanceId, long version, PerformanceDraft draft, String by) {
        return audit.noted(
                programme.changePerformance(performanceId, version, draft),
                id -> AuditNote.of(by, "performance.change", id, Map.of("version", version, "draft", draft)));
    }
}
