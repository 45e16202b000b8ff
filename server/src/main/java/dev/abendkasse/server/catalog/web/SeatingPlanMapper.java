package dev.abendkasse.server.catalog.web;

import dev.abendkasse.api.model.ImportWarning;
import dev.abendkasse.api.model.PlanCategory;
import dev.abendkasse.api.model.SeatingPlan;
import dev.abendkasse.api.model.SeatingPlanImport;
import dev.abendkasse.api.model.SeatingPlanPage;
import dev.abendkasse.api.model.SeatingPlanSummary;
import dev.abendkasse.server.catalog.SeatingPlanService.Imported;
import dev.abendkasse.server.catalog.domain.HallPlan;
import dev.abendkasse.server.catalog.domain.HallSummary;
import dev.abendkasse.server.catalog.plan.Finding;
import dev.abendkasse.server.shared.Page;

/** Halls: contract types on one side, domain types on the other. */
final class SeatingPlanMapper {

    private SeatingPlanMapper() {}

    static SeatingPlanImport toContract(Imported imported) {
        return new SeatingPlanImport()
                .seatingPlan(toContract(imported.plan()))
                .warnings(imported.warnings().stream()
                        .map(SeatingPlanMapper::toContract)
                        .toList());
    }

    static SeatingPlan toContract(HallPlan plan) {
        return new SeatingPlan()
                .seatingPlanId(plan.seatingPlanId())
                .name(plan.name())
                .seatCount(plan.seatCount())
                .importedAt(plan.importedAt())
                .width(plan.width())
                .height(plan.height())
                .categories(plan.categories().stream()
                        .map(SeatingPlanMapper::toContract)
                        .toList());
    }

    static SeatingPlanPage toPage(Page<HallSummary> page) {
        return new SeatingPlanPage()
                .items(page.items().stream().map(SeatingPlanMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    private static SeatingPlanSummary toContract(HallSummary plan) {
        return new SeatingPlanSummary()
                .seatingPlanId(plan.seatingPlanId())
                .name(plan.name())
                .seatCount(plan.seatCount())
                .importedAt(plan.importedAt());
    }

    private static PlanCategory toContract(HallPlan.Category category) {
        return new PlanCategory()
                .category(category.category())
                .name(category.name())
                .color(category.color())
                .seatCount(category.seatCount());
    }

    private static ImportWarning toContract(Finding finding) {
        return new ImportWarning()
                .pointer(finding.pointer())
                .code(finding.code())
                .detail(finding.message());
    }
}
