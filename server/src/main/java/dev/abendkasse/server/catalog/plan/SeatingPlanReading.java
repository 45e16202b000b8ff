package dev.abendkasse.server.catalog.plan;

import java.util.List;

/** What became of reading a seating plan: all of it, or nothing. */
public sealed interface SeatingPlanReading {

    /**
     * The document is a hall.
     *
     * @param warnings what was left out of it, one for each code and key: the first 100, and one more that counts the
     *     rest
     */
    record Accepted(SeatingPlan plan, List<Finding> warnings) implements SeatingPlanReading {

        public Accepted {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The document has faults, so nothing of it is used.
     *
     * @param faults the first 100, at least one
     */
    record Rejected(List<Finding> faults) implements SeatingPlanReading {

        public Rejected {
            faults = List.copyOf(faults);
        }
    }
}
