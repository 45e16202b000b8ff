package dev.abendkasse.server.migration.csv;

import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.List;
import java.util.Map;

/** Why a file as a whole cannot be taken, as RFC 7111 points at it; the header counts as a row. */
final class Faults {

    private Faults() {}

    static ProblemException inFile(String message) {
        return at("#", message);
    }

    static ProblemException inRow(long row, String message) {
        return at("#row=" + row, message);
    }

    static ProblemException inCell(long row, int column, String message) {
        return at("#cell=" + row + "," + column, message);
    }

    private static ProblemException at(String pointer, String message) {
        return new ProblemException(
                ProblemType.CUSTOMER_FILE_INVALID, List.of(Fault.at(pointer, "{" + message + "}")), Map.of());
    }
}
