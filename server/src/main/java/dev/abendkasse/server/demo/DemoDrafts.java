package dev.abendkasse.server.demo;

import dev.abendkasse.server.catalog.PerformanceDraft;
import dev.abendkasse.server.catalog.PerformanceDraft.GeneralAdmission;
import dev.abendkasse.server.catalog.PerformanceDraft.PriceOffer;
import dev.abendkasse.server.catalog.PerformanceDraft.SeatedCategory;
import dev.abendkasse.server.demo.domain.DemoProgramme.Prices;
import dev.abendkasse.server.demo.domain.DemoProgramme.Production;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Makes performances of the demonstration's productions.
 *
 * @param now when the demonstration is set up; everything is on sale since a day before
 * @param halls the ids of the seating plans, by the halls' names
 */
record DemoDrafts(Instant now, ZoneId zone, Map<String, UUID> halls) {

    List<PerformanceDraft> of(Production production) {
        var today = LocalDate.ofInstant(now, zone);
        return production.dates().stream()
                .map(date -> draft(production, date.after(today, zone)))
                .toList();
    }

    private PerformanceDraft draft(Production production, Instant startsAt) {
        return new PerformanceDraft(
                halls.get(production.hall()),
                production.hall(),
                startsAt,
                zone.getId(),
                now.truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(1)),
                startsAt,
                seats(production),
                standing(production));
    }

    private static List<SeatedCategory> seats(Production production) {
        return production.seats().entrySet().stream()
                .map(prices -> new SeatedCategory(prices.getKey(), offers(prices.getValue())))
                .toList();
    }

    private static List<GeneralAdmission> standing(Production production) {
        return production.standing().stream()
                .map(places -> new GeneralAdmission(
                        places.category(), places.name(), null, places.capacity(), offers(places.prices())))
                .toList();
    }

    private static List<PriceOffer> offers(Prices prices) {
        var full = new PriceOffer("full", "Normalpreis", prices.full());
        return Stream.concat(
                        Stream.of(full),
                        Stream.ofNullable(prices.reduced())
                                .map(reduced -> new PriceOffer("reduced", "Ermäßigt", reduced)))
                .toList();
    }
}
