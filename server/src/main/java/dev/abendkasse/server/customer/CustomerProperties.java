package dev.abendkasse.server.customer;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long customers stay signed in, and how long links in mails about accounts work.
 *
 * @param sessionIdle a session ends when it was not renewed for so long
 * @param sessionMost and in any case so long after it was opened
 * @param renewalGrace so long a renewal may be repeated: its answer may have got lost
 * @param sessionsEach how many sessions an account has at most; the one used least makes room
 * @param proofLink for proving a mailbox
 * @param resetLink for choosing another password
 * @param claimLink for choosing a first one, for customers of the former shop
 * @param changeLink for confirming a new address
 * @param revertLink for taking a change of address back
 */
@ConfigurationProperties("abendkasse.customers")
public record CustomerProperties(
        @DefaultValue("30d") Duration sessionIdle,
        @DefaultValue("90d") Duration sessionMost,
        @DefaultValue("10s") Duration renewalGrace,
        @DefaultValue("20") int sessionsEach,
        @DefaultValue("7d") Duration proofLink,
        @DefaultValue("1h") Duration resetLink,
        @DefaultValue("14d") Duration claimLink,
        @DefaultValue("1d") Duration changeLink,
        @DefaultValue("14d") Duration revertLink) {

    private static final double MILLIS = 1000;

    /** As commands to the database carry it. */
    static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS;
    }
}
