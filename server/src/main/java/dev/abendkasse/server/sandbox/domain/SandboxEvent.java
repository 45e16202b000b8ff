package dev.abendkasse.server.sandbox.domain;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What can happen to a payment. Repeating an event sends its notification again, with the same number. */
public enum SandboxEvent {
    /** The buyer pays. */
    PAY("pay", SandboxState.SUCCEEDED, "payment.succeeded", SandboxState.OPEN, SandboxState.PROCESSING),
    /** The buyer's bank says no. */
    DECLINE("decline", SandboxState.FAILED, "payment.failed", SandboxState.OPEN, SandboxState.PROCESSING),
    /** The bank takes its time; allowed at any moment, so that notifications can come out of order. */
    PROCESS("processing", SandboxState.PROCESSING, "payment.processing", SandboxState.values()),
    /** Paid although expired or cancelled, as happens at real providers. */
    PAY_LATE("pay-late", SandboxState.SUCCEEDED, "payment.succeeded", SandboxState.values()),
    /** The shop cancels. */
    CANCEL("cancel", SandboxState.CANCELLED, "payment.cancelled", SandboxState.OPEN);

    private final String code;
    private final SandboxState leadsTo;
    private final String notification;
    private final Set<SandboxState> from;

    SandboxEvent(String code, SandboxState leadsTo, String notification, SandboxState... from) {
        this.code = code;
        this.leadsTo = leadsTo;
        this.notification = notification;
        this.from = EnumSet.copyOf(Arrays.asList(from));
    }

    /** By the name it has in a form or a test; cancelling has an address of its own. */
    public static Optional<SandboxEvent> byCode(String code) {
        return Arrays.stream(values())
                .filter(event -> event != CANCEL && event.code.equals(code))
                .findFirst();
    }

    public SandboxState leadsTo() {
        return leadsTo;
    }

    public String notification() {
        return notification;
    }

    public String eventId(UUID payment) {
        return notification + ":" + payment;
    }

    /** Also from the state it leads to: that is the repetition. */
    public Set<SandboxState> from() {
        var all = EnumSet.copyOf(from);
        all.add(leadsTo);
        return all;
    }

    /** Whether an open payment's end matters to it. */
    public boolean needsTime() {
        return this == PAY || this == DECLINE;
    }

    /** Whether it takes effect on a payment that is decided; if not, only its notification is sent. */
    public boolean overrules() {
        return this == PAY_LATE;
    }
}
