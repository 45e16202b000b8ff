package dev.abendkasse.server.sandbox.domain;

import dev.abendkasse.server.sandbox.domain.SandboxRefund.State;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What can happen to a refund after it was made. Repeating an event sends its notification again, with the same number. */
public enum SandboxRefundEvent {
    SUCCEED("refund-succeed", State.SUCCEEDED, "refund.succeeded", State.PENDING),
    /** Also after it had succeeded: the payer's account may be closed. */
    FAIL("refund-fail", State.FAILED, "refund.failed", State.PENDING, State.SUCCEEDED);

    private final String code;
    private final State leadsTo;
    private final String notification;
    private final Set<State> from;

    SandboxRefundEvent(String code, State leadsTo, String notification, State... from) {
        this.code = code;
        this.leadsTo = leadsTo;
        this.notification = notification;
        this.from = EnumSet.copyOf(Arrays.asList(from));
        this.from.add(leadsTo);
    }

    public static Optional<SandboxRefundEvent> byCode(String code) {
        return Arrays.stream(values()).filter(event -> event.code.equals(code)).findFirst();
    }

    public String code() {
        return code;
    }

    public State leadsTo() {
        return leadsTo;
    }

    public String notification() {
        return notification;
    }

    public String eventId(UUID refund) {
        return notification + ":" + refund;
    }

    /** Also the state it leads to: that is the repetition. */
    public Set<State> from() {
        return EnumSet.copyOf(from);
    }
}
