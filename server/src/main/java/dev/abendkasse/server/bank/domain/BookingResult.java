package dev.abendkasse.server.bank.domain;

import dev.abendkasse.server.shared.problem.ProblemType;

/** What came of a booking. */
public sealed interface BookingResult {

    record Booked(ReceivedPayment payment) implements BookingResult {}

    /** Nothing was changed. */
    record Refused(ProblemType problem) implements BookingResult {}
}
