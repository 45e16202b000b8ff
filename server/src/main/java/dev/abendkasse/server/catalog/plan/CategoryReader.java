package dev.abendkasse.server.catalog.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the categories of a plan, and knows their names afterwards. */
final class CategoryReader {

    static final int MOST = 200;

    private static final Set<String> KEYS = Set.of("name", "color");

    private final Findings findings;
    private final Members members;
    private final Drawing drawing;
    private final Map<String, JsonPlace> names = new HashMap<>();
    private boolean complete;

    CategoryReader(Findings findings) {
        this.findings = findings;
        this.members = new Members(findings);
        this.drawing = new Drawing(findings);
    }

    List<PlanCategory> read(JsonPlace document) {
        var array = document.member("categories").json();
        var categories = new ArrayList<PlanCategory>();
        for (var category : categories(document)) {
            var name = members.name(category, "name");
            if (!name.isEmpty()) {
                rejectDuplicate(name, category.member("name"));
                categories.add(new PlanCategory(name, drawing.color(category, "color")));
            }
            findings.unknownKeys(KEYS, category);
        }
        complete = array.isArray() && categories.size() == array.size();
        return categories;
    }

    /** Where a category could not be read, every name passes: one fault there shall not become one for each seat. */
    boolean isKnown(String name) {
        return !complete || names.containsKey(name);
    }

    private List<JsonPlace> categories(JsonPlace document) {
        var array = document.member("categories");
        if (array.json().isArray() && array.json().size() > MOST) {
            findings.fault(array, "too-many", "A plan has at most " + MOST + " categories.");
            return List.of();
        }
        return members.objects(document, "categories");
    }

    private void rejectDuplicate(String name, JsonPlace place) {
        var first = names.putIfAbsent(name, place);
        if (first != null) {
            findings.fault(place, "duplicate-category", "The category at " + first.pointer() + " has the same name.");
        }
    }
}
