package dev.abendkasse.server.bank.csv;

import dev.abendkasse.server.bank.domain.Credit;
import dev.abendkasse.server.csv.CsvFault;
import java.util.List;

/** What came of reading a statement. */
public sealed interface StatementReading {

    /** @param passedOver how many debits and announced transactions there were */
    record Read(List<Credit> credits, int passedOver) implements StatementReading {}

    /** At least one fault. */
    record Faulty(List<CsvFault> faults) implements StatementReading {}
}
