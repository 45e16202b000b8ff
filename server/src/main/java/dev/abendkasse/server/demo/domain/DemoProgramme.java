package dev.abendkasse.server.demo.domain;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is on in the demonstration.
 *
 * @param halls the resources with their seating plans, by name
 */
public record DemoProgramme(ZoneId timeZone, Map<String, String> halls, List<Production> events) {

    /**
     * An event.
     *
     * @param hall where it takes place; has seats if it is one of the halls
     * @param seats prices of the seating plan's categories
     * @param standing categories without seats
     */
    public record Production(
            String title,
            String description,
            String hall,
            Map<String, Prices> seats,
            List<Standing> standing,
            List<Date> dates) {}

    /** In cents; not everything is reduced. */
    public record Prices(long full, @Nullable Long reduced) {}

    /** Places without seats. */
    public record Standing(String category, String name, int capacity, Prices prices) {}

    /**
     * When a performance starts, so that it is always in the coming weeks.
     *
     * @param week 0 for the first such day after today
     */
    public record Date(int week, DayOfWeek day, LocalTime time) {

        public Instant after(LocalDate today, ZoneId zone) {
            return today.with(TemporalAdjusters.next(day))
                    .plusWeeks(week)
                    .atTime(time)
                    .atZone(zone)
                    .toInstant();
        }
    }
}
