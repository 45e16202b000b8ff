package dev.abendkasse.server.payment.stripe;

import dev.abendkasse.server.payment.Notification;
import dev.abendkasse.server.payment.PaymentFact;
import dev.abendkasse.server.payment.ProviderChoice;
import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.PaymentId;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads events from the tree and not through the library's classes: which version of the API an event is written in is set
 * in Stripe's Dashboard and changes without us, and the few fields that count here are the same in all of them.
 */
@Component
@Conditional(ProviderChoice.Stripe.class)
class StripeEventReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,200}");
    private static final Pattern OUR_NAME = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final long EARLIEST = 946_684_800;
    private static final long LATEST = 253_402_300_799L;

    private final JsonMapper json;

    StripeEventReader(JsonMapper json) {
        this.json = json;
    }

    StripeEvent read(String body) {
        var event = parse(body);
        var about = event.path("data").path("object");
        var kind = StripeStates.kind(text(event, "type"), text(about, "object"), text(about, "status"));
        return new StripeEvent(
                required(event, "id"),
                kind.map(what -> notification(event, about, what)).orElse(null));
    }

    private static @Nullable Notification notification(ObjectNode event, JsonNode about, PaymentFact.Kind kind) {
        var ours = about.path("metadata");
        var isPayment = text(about, "object").equals("payment_intent");
        var reference = isPayment ? required(about, "id") : name(about.path("payment_intent"));
        var payment = uuid(ours.path(StripeForms.PAYMENT));
        if (payment == null && reference == null) {
            return null;
        }
        return new Notification(
                ProviderChoice.STRIPE,
                required(event, "id"),
                payment == null ? null : new PaymentId(payment),
                kind,
                money(about, kind),
                Instant.ofEpochSecond(number(event, "created", EARLIEST, LATEST)),
                reference,
                isPayment ? null : subject(about, ours),
                StripeEvidence.of(event, reference));
    }

    private ObjectNode parse(String body) {
        try {
            if (json.readTree(body) instanceof ObjectNode event) {
                return event;
            }
            throw malformed();
        } catch (JacksonException e) {
            throw malformed();
        }
    }

    /** A refund by our name for it; one that somebody made in Stripe's Dashboard, and a dispute, by Stripe's. */
    private static String subject(JsonNode about, JsonNode ours) {
        var refund = uuid(ours.path(StripeForms.REFUND));
        return refund == null ? required(about, "id") : refund.toString();
    }

    private static Money money(JsonNode about, PaymentFact.Kind kind) {
        var amount =
                number(about, kind == PaymentFact.Kind.SUCCEEDED ? "amount_received" : "amount", 0, Long.MAX_VALUE);
        try {
            return Money.of(amount, text(about, "currency").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static long number(JsonNode object, String field, long least, long most) {
        var number = object.path(field);
        if (!number.isIntegralNumber()
                || !number.canConvertToLong()
                || number.longValue() < least
                || number.longValue() > most) {
            throw malformed();
        }
        return number.longValue();
    }

    private static String required(JsonNode object, String field) {
        var name = name(object.path(field));
        if (name == null) {
            throw malformed();
        }
        return name;
    }

    /** Where Stripe names an object, it may also show all of it. */
    private static @Nullable String name(JsonNode node) {
        var name = node.isObject() ? text(node, "id") : node.asString("");
        return NAME.matcher(name).matches() ? name : null;
    }

    private static @Nullable UUID uuid(JsonNode node) {
        var text = node.asString("");
        return OUR_NAME.matcher(text).matches() ? UUID.fromString(text) : null;
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }

    private static ProblemException malformed() {
        return new ProblemException(ProblemType.MALFORMED_REQUEST);
    }
}
