package dev.abendkasse.server.newsletter.domain;

import org.jspecify.annotations.Nullable;

/** The codes of RFC 3463 that mail servers give. */
public final class MailStatus {

    private MailStatus() {}

    /**
     * Whether the address is at fault, and will be. A full mailbox, too large a mail, and what the receiver's rules say against
     * a mail are no faults of the address.
     */
    public static boolean isForGood(@Nullable String status) {
        return status != null
                && status.startsWith("5.")
                && !status.equals("5.2.2")
                && !status.startsWith("5.3.")
                && !status.startsWith("5.6.")
                && !status.startsWith("5.7.");
    }
}
