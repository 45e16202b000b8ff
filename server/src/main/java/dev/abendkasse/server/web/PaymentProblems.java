package dev.abendkasse.server.web;

import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.Map;

/** Why an attempt to pay was not started, and which field of the request that is about. */
public final class PaymentProblems {

    private static final Map<ProblemType, Fault> FAULTS = Map.of(
            ProblemType.AMOUNT_DIFFERS, Fault.at("#/amount", "{fault.amount}"),
            ProblemType.PAYMENT_METHOD_NOT_AVAILABLE, Fault.at("#/method", "{fault.not-available}"),
            ProblemType.RETURN_URL_NOT_ALLOWED, Fault.at("#/returnUrl", "{fault.not-registered}"));

    private PaymentProblems() {}

    public static ProblemException of(ProblemType problem) {
        var fault = FAULTS.get(problem);
        return fault == null ? new ProblemException(problem) : new ProblemException(problem, fault);
    }
}
