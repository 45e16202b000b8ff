package dev.abendkasse.server.catalog.web;

import dev.abendkasse.api.model.CategoryKind;
import dev.abendkasse.api.model.EventPage;
import dev.abendkasse.api.model.Money;
import dev.abendkasse.api.model.PerformanceCategory;
import dev.abendkasse.api.model.PerformanceState;
import dev.abendkasse.api.model.PerformanceSummary;
import dev.abendkasse.server.catalog.domain.Event;
import dev.abendkasse.server.catalog.domain.EventSummary;
import dev.abendkasse.server.catalog.domain.Performance;
import dev.abendkasse.server.shared.Page;

/** What shops see of the programme: contract types on one side, domain types on the other. */
final class EventMapper {

    private EventMapper() {}

    static EventPage toPage(Page<EventSummary> page) {
        return new EventPage()
                .items(page.items().stream().map(EventMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    static dev.abendkasse.api.model.Event toContract(Event event) {
        return new dev.abendkasse.api.model.Event()
                .eventId(event.eventId())
                .title(event.title())
                .description(event.description())
                .version(event.version())
                .performances(event.performances().stream()
                        .map(EventMapper::toContract)
                        .toList());
    }

    static dev.abendkasse.api.model.Performance toContract(Performance performance) {
        return new dev.abendkasse.api.model.Performance()
                .performanceId(performance.performanceId())
                .eventId(performance.eventId())
                .eventTitle(performance.eventTitle())
                .seatingPlanId(performance.seatingPlanId())
                .hall(performance.hall())
                .startsAt(performance.startsAt())
                .timeZone(performance.timeZone())
                .salesStart(performance.salesStart())
                .salesEnd(performance.salesEnd())
                .state(PerformanceState.valueOf(performance.state().name()))
                .refundUntil(performance.refundUntil())
                .onSale(performance.onSale())
                .currency(performance.currency())
                .version(performance.version())
                .categories(performance.categories().stream()
                        .map(category -> toContract(category, performance.currency()))
                        .toList());
    }

    private static dev.abendkasse.api.model.EventSummary toContract(EventSummary event) {
        return new dev.abendkasse.api.model.EventSummary()
                .eventId(event.eventId())
                .title(event.title())
                .nextPerformanceAt(event.nextPerformanceAt())
                .performanceCount(event.performanceCount())
                .performances(event.performances().stream()
                        .map(EventMapper::toContract)
                        .toList());
    }

    private static PerformanceSummary toContract(Event.Showing showing) {
        return new PerformanceSummary()
                .performanceId(showing.performanceId())
                .hall(showing.hall())
                .startsAt(showing.startsAt())
                .timeZone(showing.timeZone())
                .state(PerformanceState.valueOf(showing.state().name()))
                .onSale(showing.onSale());
    }

    private static PerformanceCategory toContract(Performance.Category category, String currency) {
        return new PerformanceCategory()
                .category(category.category())
                .name(category.name())
                .color(category.color())
                .kind(category.seated() ? CategoryKind.SEATED : CategoryKind.GENERAL_ADMISSION)
                .capacity(category.capacity())
                .available(category.available())
                .priceTypes(category.priceTypes().stream()
                        .map(price -> toContract(price, currency))
                        .toList());
    }

    private static dev.abendkasse.api.model.PriceType toContract(Performance.PriceType price, String currency) {
        return new dev.abendkasse.api.model.PriceType()
                .priceType(price.priceType())
                .name(price.name())
                .price(new Money().amount(price.amount()).currency(currency));
    }
}
