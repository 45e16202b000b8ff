package dev.abendkasse.server.payment.stripe;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is kept of an event. Names, addresses and cards are not: what is stored here is never changed, so nothing may be in it
 * that has to be erased one day. Stripe has the rest under the event's name.
 */
final class StripeEvidence {

    private static final List<String> EVENT = List.of("id", "type", "created", "api_version", "livemode", "data");

    private static final List<String> OBJECT = List.of(
            "id",
            "object",
            "amount",
            "amount_received",
            "currency",
            "status",
            "payment_intent",
            "metadata",
            "reason",
            "failure_reason",
            "cancellation_reason",
            "last_payment_error");

    private static final List<String> OURS = List.of(StripeForms.PAYMENT, StripeForms.REFUND);
    private static final List<String> ERROR = List.of("type", "code", "decline_code");

    private StripeEvidence() {}

    /** @param intent the name of the payment intent, which the event may show as a whole */
    static String of(ObjectNode event, @Nullable String intent) {
        var kept = event.deepCopy();
        retain(kept, EVENT);
        retain(kept.path("data"), List.of("object"));
        var object = kept.path("data").path("object");
        retain(object, OBJECT);
        retain(object.path("metadata"), OURS);
        retain(object.path("last_payment_error"), ERROR);
        if (object.has("payment_intent") && object instanceof ObjectNode changing) {
            changing.put("payment_intent", intent);
        }
        return kept.toString();
    }

    private static void retain(JsonNode node, List<String> fields) {
        if (node instanceof ObjectNode object) {
            object.retain(fields);
        }
    }
}
