package dev.abendkasse.server.blacklist.csv;

import dev.abendkasse.server.blacklist.domain.BlacklistRow;
import dev.abendkasse.server.csv.CsvFault;
import java.util.List;

/** What came of reading a file. */
public sealed interface BlacklistReading {

    /**
     * All of it.
     *
     * @param passedOver how many rows were of entries that were lifted or have ended
     */
    record Read(List<BlacklistRow> rows, int passedOver) implements BlacklistReading {}

    /** At least one fault. */
    record Faulty(List<CsvFault> faults) implements BlacklistReading {}
}
