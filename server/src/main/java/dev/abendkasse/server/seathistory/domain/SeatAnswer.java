package dev.abendkasse.server.seathistory.domain;

import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.problem.ProblemType;

/** What is known of a seat. */
public sealed interface SeatAnswer {

    record Known(SeatNow now, Page<SeatHold> holds) implements SeatAnswer {}

    record Refused(ProblemType problem) implements SeatAnswer {}
}
