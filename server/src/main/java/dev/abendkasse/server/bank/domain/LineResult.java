package dev.abendkasse.server.bank.domain;

import dev.abendkasse.server.shared.problem.ProblemType;

/** What came of taking a line in hand. */
public sealed interface LineResult {

    /** Locked, or dismissed. */
    record Taken(BankLine line) implements LineResult {}

    /** Booked before under the same key. */
    record BookedBefore(ReceivedPayment payment) implements LineResult {}

    record Refused(ProblemType problem) implements LineResult {}
}
