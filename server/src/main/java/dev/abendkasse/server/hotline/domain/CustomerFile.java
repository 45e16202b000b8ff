package dev.abendkasse.server.hotline.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer as staff see them, on one page. The names of the components are those that the database writes.
 *
 * @param mails links that were mailed, the newest first
 * @param mergedFrom accounts that have become a part of this one
 * @param blocked whether a block is in force
 * @param newsletterObstacle why the newsletter does not reach them; null when it does
 */
public record CustomerFile(
        UUID customerId,
        String name,
        @Nullable String email,
        @Nullable String phone,
        String language,
        Instant createdAt,
        LoginFacts login,
        @Nullable Instant firstLoginAt,
        @Nullable Instant passwordChangedAt,
        @Nullable Instant lockedAt,
        @Nullable String lockedBy,
        @Nullable String lockReason,
        @Nullable Instant mergedAt,
        @Nullable Instant erasedAt,
        List<UUID> mergedFrom,
        List<Address> addresses,
        List<String> userNames,
        List<Mail> mails,
        long orders,
        long openOrders,
        long openCases,
        boolean blocked,
        Newsletter newsletter,
        @Nullable String newsletterObstacle) {

    public CustomerFile {
        mergedFrom = List.copyOf(mergedFrom);
        addresses = List.copyOf(addresses);
        userNames = List.copyOf(userNames);
        mails = List.copyOf(mails);
    }

    /** What somebody has said about it. */
    public enum Newsletter {
        NONE,
        REQUESTED,
        SUBSCRIBED,
        WITHDRAWN
    }

    /** @param until null for the current one */
    public record Address(
            String email,
            Instant since,
            @Nullable Instant until,
            @Nullable Instant provenAt) {}

    public record Mail(String kind, String email, Instant sentAt, Instant expiresAt, State state) {

        /** Whether its link still works, and if not, why. */
        public enum State {
            OPEN,
            USED,
            EXPIRED,
            VOID
        }
    }
}
