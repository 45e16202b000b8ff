package dev.abendkasse.server.incidents.domain;

import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.List;

/** What became of the wish to approve every case of an incident, or how far it is. */
public sealed interface Settlement {

    /** A case that waits, as it is now. */
    record Waiting(String caseNumber, long version) {}

    /** @param code of the problem that approving it alone would answer */
    record Failure(String caseNumber, String code) {}

    /** What there is to approve. */
    record Begun(List<Waiting> cases) implements Settlement {

        public Begun {
            cases = List.copyOf(cases);
        }
    }

    /** @param left how many cases are still open */
    record Done(int approved, long left, List<Failure> failures) implements Settlement {

        public Done {
            failures = List.copyOf(failures);
        }
    }

    /** Nothing was changed. */
    record Refused(ProblemType problem) implements Settlement {}
}
