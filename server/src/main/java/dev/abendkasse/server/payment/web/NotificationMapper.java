package dev.abendkasse.server.payment.web;

import dev.abendkasse.api.model.PaymentEventType;
import dev.abendkasse.api.model.PaymentNotification;
import dev.abendkasse.server.payment.Notification;
import dev.abendkasse.server.payment.PaymentFact;
import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.PaymentId;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.codec.DecodingException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** From the contract's notification to ours. */
@Component
class NotificationMapper {

    /** What PostgreSQL cannot store in jsonb. */
    private static final String NUL = "\\u0000";

    /** What is stored is never changed, so that nothing is kept of what the provider adds of its own: it may be about persons. */
    private static final List<String> KEPT = List.of(
            "eventId", "type", "paymentId", "reference", "refundId", "disputeId", "amount", "currency", "occurredAt");

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private final JsonMapper json;
    private final Validator validator;

    /** Providers add fields without asking, so those are let through here. */
    NotificationMapper(JsonMapper json, Validator validator) {
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        this.validator = validator;
    }

    Notification toNotification(String provider, String body) {
        var told = tree(body);
        var parsed = valid(parse(told));
        var kind = toKind(parsed.getType());
        return new Notification(
                provider,
                parsed.getEventId(),
                new PaymentId(parsed.getPaymentId()),
                kind,
                toMoney(parsed, kind),
                toInstant(parsed),
                parsed.getReference(),
                toSubject(parsed, kind),
                told.retain(KEPT).toString());
    }

    private ObjectNode tree(String body) {
        try {
            if (json.readValue(body, JsonNode.class) instanceof ObjectNode tree && !body.contains(NUL)) {
                return tree;
            }
            throw new ProblemException(ProblemType.MALFORMED_REQUEST);
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    private PaymentNotification parse(ObjectNode tree) {
        try {
            return json.treeToValue(tree, PaymentNotification.class);
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    private static DecodingException unreadable(JacksonException cause) {
        return new DecodingException("The notification cannot be read", cause);
    }

    private PaymentNotification valid(PaymentNotification parsed) {
        var violations = validator.validate(parsed);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return parsed;
    }

    /** A dispute about nothing is none. */
    private static Money toMoney(PaymentNotification parsed, PaymentFact.Kind kind) {
        if (kind.isOfDispute() && parsed.getAmount() == 0) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, Fault.at("#/amount", "{fault.invalid}"));
        }
        try {
            return Money.of(parsed.getAmount(), parsed.getCurrency());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST, Fault.at("#/currency", "is not a currency of ISO 4217"));
        }
    }

    private static Instant toInstant(PaymentNotification parsed) {
        var occurredAt = parsed.getOccurredAt();
        if (occurredAt.isBefore(EARLIEST) || occurredAt.isAfter(LATEST)) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, Fault.at("#/occurredAt", "is out of bounds"));
        }
        return occurredAt;
    }

    private static @Nullable String toSubject(PaymentNotification parsed, PaymentFact.Kind kind) {
        return switch (kind) {
            case PROCESSING, SUCCEEDED, DECLINED, FAILED, CANCELLED -> null;
            case REFUND_SUCCEEDED, REFUND_FAILED -> required("#/refundId", parsed.getRefundId());
            case DISPUTED, DISPUTE_WON, DISPUTE_LOST -> required("#/disputeId", parsed.getDisputeId());
        };
    }

    private static String required(String pointer, @Nullable String value) {
        if (value == null) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, Fault.at(pointer, "{fault.missing}"));
        }
        return value;
    }

    private static PaymentFact.Kind toKind(PaymentEventType type) {
        return switch (type) {
            case PAYMENT_PROCESSING -> PaymentFact.Kind.PROCESSING;
            case PAYMENT_SUCCEEDED -> PaymentFact.Kind.SUCCEEDED;
            case PAYMENT_FAILED -> PaymentFact.Kind.FAILED;
            case PAYMENT_CANCELLED -> PaymentFact.Kind.CANCELLED;
            case REFUND_SUCCEEDED -> PaymentFact.Kind.REFUND_SUCCEEDED;
            case REFUND_FAILED -> PaymentFact.Kind.REFUND_FAILED;
            case DISPUTE_OPENED -> PaymentFact.Kind.DISPUTED;
            case DISPUTE_WON -> PaymentFact.Kind.DISPUTE_WON;
            case DISPUTE_LOST -> PaymentFact.Kind.DISPUTE_LOST;
        };
    }
}
