package dev.abendkasse.server.sandbox.domain;

import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * What the payer's bank can do with a paid payment, and the state that it leads to. One that has begun can be told again at any
 * moment, so that notifications can come out of order or twice; one that has ended stays as it is.
 */
public enum SandboxDispute {
    OPEN("dispute", "dispute.opened"),
    WON("dispute-win", "dispute.won"),
    LOST("dispute-lose", "dispute.lost");

    private final String code;
    private final String notification;

    SandboxDispute(String code, String notification) {
        this.code = code;
        this.notification = notification;
    }

    public static Optional<SandboxDispute> byCode(String code) {
        return Arrays.stream(values()).filter(event -> event.code.equals(code)).findFirst();
    }

    public String code() {
        return code;
    }

    public String notification() {
        return notification;
    }

    public String eventId(UUID payment) {
        return notification + ":" + id(payment);
    }

    /** The sandbox's name for the one dispute that a payment can have. */
    public static String id(UUID payment) {
        return "sbd-" + payment;
    }
}
