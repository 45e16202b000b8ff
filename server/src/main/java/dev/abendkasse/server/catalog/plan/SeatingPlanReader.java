package dev.abendkasse.server.catalog.plan;

import dev.abendkasse.server.catalog.plan.SeatingPlanReading.Accepted;
import dev.abendkasse.server.catalog.plan.SeatingPlanReading.Rejected;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads a hall from a document in pretix's public seating-plan format, of the older and of the newer generation.
 *
 * <p>What decides who may sit where must be right, or nothing is accepted. Unknown keys are left out with a warning,
 * and so is what only matters for drawing and can't be read.
 */
public final class SeatingPlanReader {

    private static final Set<String> KEYS = Set.of("name", "zones", "categories", "size");

    private SeatingPlanReader() {}

    public static SeatingPlanReading read(JsonNode document) {
        var findings = new Findings();
        var root = JsonPlace.root(document);
        if (!new Members(findings).isObject(root)) {
            return new Rejected(findings.faults());
        }
        var plan = readPlan(root, findings);
        return findings.haveFaults() ? new Rejected(findings.faults()) : new Accepted(plan, findings.warnings());
    }

    private static SeatingPlan readPlan(JsonPlace document, Findings findings) {
        findings.unknownKeys(KEYS, document);
        var name = new Members(findings).text(document, "name");
        if (name.isEmpty()) {
            findings.warning(document.member("name"), "empty-name", "The plan has an empty name.");
        }
        var size = document.member("size");
        boolean sized = new Drawing(findings).size(size);
        var reader = new CategoryReader(findings);
        var categories = reader.read(document);
        return new SeatingPlan(
                name,
                sized ? size.json().path("width").asDouble() : null,
                sized ? size.json().path("height").asDouble() : null,
                categories,
                new ZoneReader(findings, reader).read(document));
    }
}
