package dev.abendkasse.server.bank.csv;

import dev.abendkasse.server.bank.domain.Credit;
import java.util.List;

/** What came of reading a statement. */
public sealed interface StatementReading {

    /** @param passedOver how many debits and announced transactions there were */
    record Read(List<Credit> credits, int passedOver) implements StatementReading {}

    /** At least one fault. */
    record Faulty(List<Fault> faults) implements StatementReading {}

    /**
     * What cannot be read.
     *
     * @param pointer a fragment as RFC 7111 has it; rows and columns count from 1, the rows before the header too
     * @param message the code of a message
     */
    record Fault(String pointer, String message) {

        static Fault inRow(int row, String message) {
            return new Fault("#row=" + row, message);
        }

        static Fault inCell(int row, int column, String message) {
            return new Fault("#cell=" + row + "," + column, message);
        }
    }
}
