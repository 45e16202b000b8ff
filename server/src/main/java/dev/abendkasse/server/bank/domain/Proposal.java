package dev.abendkasse.server.bank.domain;

import dev.abendkasse.server.bank.domain.BankLine.Candidate;
import org.jspecify.annotations.Nullable;

/**
 * What a line seems to be for.
 *
 * @param order the one order that its text names; null where it names none or several
 */
public record Proposal(Match match, @Nullable Candidate order) {

    public enum Match {
        EXACT,
        AMOUNT_DIFFERS,
        AMBIGUOUS,
        NONE
    }

    /** Nobody can have known the number of an order before there was one: older money is not simply its. */
    public static Proposal of(BankLine line) {
        if (line.candidates().isEmpty()) {
            return new Proposal(Match.NONE, null);
        }
        var only = line.candidates().getFirst();
        if (line.candidates().size() > 1 || line.valueDate().isBefore(only.createdOn())) {
            return new Proposal(Match.AMBIGUOUS, null);
        }
        return new Proposal(only.owed().equals(line.amount()) ? Match.EXACT : Match.AMOUNT_DIFFERS, only);
    }
}
