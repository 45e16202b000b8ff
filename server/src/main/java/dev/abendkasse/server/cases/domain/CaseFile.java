package dev.abendkasse.server.cases.domain;

import dev.abendkasse.server.shared.Item;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A matter that people decide. One whose time is over is EXPIRED, whether or not anything has swept it. */
public record CaseFile(
        String caseNumber,
        Kind kind,
        State state,
        @Nullable UUID orderId,
        @Nullable String orderNumber,
        Item.@Nullable Price amount,
        @Nullable String note,
        @Nullable Instant deadline,
        Instant createdAt,
        @Nullable Instant endedAt) {

    public enum Kind {
        CREDIT_LIMIT,
        TECHNICAL,
        LIMIT_REQUEST,
        LATE_PAYMENT,
        DISPUTE
    }

    public enum State {
        OPEN,
        WAITING_FOR_CUSTOMER,
        APPROVED,
        REJECTED,
        EXPIRED,
        SETTLED;

        /** Whether somebody still has to act. */
        public boolean isOpen() {
            return this == OPEN || this == WAITING_FOR_CUSTOMER;
        }
    }
}
