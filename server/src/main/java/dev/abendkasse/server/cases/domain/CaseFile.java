package dev.abendkasse.server.cases.domain;

import dev.abendkasse.server.shared.Item;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A matter that people decide. One whose time is over is EXPIRED, whether or not anything has swept it. The names of the components
 * are those that the database writes.
 *
 * @param findings why it is conspicuous; empty when it is not
 * @param version goes up with every change
 * @param assignee who looks after it
 * @param amount what the order comes to, or the money that it is about
 * @param creditThen what the customer could owe and owed when it was opened; like {@code creditNow} and {@code messages} only of a
 *     case that was asked for by its number
 * @param deadline until when its seats are held
 */
public record CaseFile(
        String caseNumber,
        Kind kind,
        State state,
        Attention attention,
        List<Finding> findings,
        long version,
        @Nullable String assignee,
        @Nullable UUID customerId,
        @Nullable String buyerName,
        @Nullable String buyerEmail,
        @Nullable String buyerPhone,
        @Nullable UUID orderId,
        @Nullable String orderNumber,
        Item.@Nullable Price amount,
        Item.@Nullable Price requestedLimit,
        @Nullable Credit creditThen,
        @Nullable Credit creditNow,
        @Nullable UUID incidentId,
        @Nullable Ticket ticket,
        @Nullable String note,
        @Nullable List<Message> messages,
        @Nullable Decision decision,
        @Nullable Instant deadline,
        Instant createdAt,
        @Nullable Instant endedAt) {

    public CaseFile {
        findings = List.copyOf(findings);
        messages = messages == null ? null : List.copyOf(messages);
    }

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

    public enum Attention {
        ROUTINE,
        CONSPICUOUS
    }

    /** The rules that make a case conspicuous; what they count is said in R__3_cases.sql. */
    public enum Rule {
        OVERRUN,
        AMOUNT,
        ORDERS,
        NEW_CUSTOMER,
        OPEN_CASES,
        REJECTED_CASES,
        BOOKS_DIFFER
    }

    /** @param threshold from where on the rule applies; below it, where new accounts are meant */
    public record Finding(Rule rule, long found, long threshold) {}

    /** What a customer may owe, and owes. */
    public record Credit(Item.Price limit, Item.Price exposure) {}

    /** The help desk's own ticket. */
    public record Ticket(
            String helpDesk, String number, @Nullable String url) {}

    /** @param by nobody where the customer has answered */
    public record Message(
            UUID messageId, MessageKind kind, @Nullable String by, String text, Instant at) {}

    public enum MessageKind {
        COMMENT,
        QUESTION,
        ANSWER,
        HELP_DESK
    }

    /** Who ended it, and why. */
    public record Decision(String by, @Nullable String reason) {}
}
