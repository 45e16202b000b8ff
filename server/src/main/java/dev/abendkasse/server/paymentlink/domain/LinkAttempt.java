package dev.abendkasse.server.paymentlink.domain;

import dev.abendkasse.server.shared.PaymentView;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.UUID;

/** How an attempt to pay by a link began, before the provider is asked. */
public sealed interface LinkAttempt {

    record Begun(PaymentView payment) implements LinkAttempt {}

    /** Begun under the same key before; the provider may or may not have it. */
    record BegunBefore(UUID paymentId) implements LinkAttempt {}

    /** Nothing was changed. */
    record Refused(ProblemType problem) implements LinkAttempt {}
}
