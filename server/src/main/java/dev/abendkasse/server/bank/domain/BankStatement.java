package dev.abendkasse.server.bank.domain;

import java.time.Instant;
import java.util.UUID;

/**
 * An uploaded statement and how far its lines are done.
 *
 * @param lines credits that no earlier statement had
 * @param seenBefore credits that one had
 * @param passedOver debits and announced transactions
 */
public record BankStatement(
        UUID statementId,
        String uploadedBy,
        Instant uploadedAt,
        int lines,
        int open,
        int booked,
        int dismissed,
        int seenBefore,
        int passedOver) {}
