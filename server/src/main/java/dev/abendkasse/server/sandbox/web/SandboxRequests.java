package dev.abendkasse.server.sandbox.web;

import dev.abendkasse.server.sandbox.SandboxComponent;
import dev.abendkasse.server.sandbox.domain.SandboxEvent;
import dev.abendkasse.server.sandbox.domain.SandboxPayment;
import dev.abendkasse.server.sandbox.domain.SandboxRefundOrder;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads what callers send, and refuses what makes no sense. */
@SandboxComponent
class SandboxRequests {

    private static final String LEAVE = "leave";

    private final JsonMapper json;

    SandboxRequests(JsonMapper json) {
        this.json = json;
    }

    SandboxPayment payment(SandboxRequest request) {
        var payment = read(request, OpenBody.class).toPayment();
        if (!payment.paymentId().toString().equals(request.key())) {
            throw new Refusal(400, "The Idempotency-Key must be the paymentId");
        }
        return payment;
    }

    SandboxRefundOrder refund(SandboxRequest request) {
        var order = read(request, RefundBody.class).toOrder(request.id());
        if (!order.refundId().toString().equals(request.key())) {
            throw new Refusal(400, "The Idempotency-Key must be the refundId");
        }
        return order;
    }

    /** The name of an event, or "leave". */
    String event(SandboxRequest request) {
        var event = request.json() ? read(request, EventBody.class).event() : field(form(request), "event");
        if (event == null || !(event.equals(LEAVE) || SandboxEvent.byCode(event).isPresent())) {
            throw new Refusal(400, "event is not known");
        }
        return event;
    }

    /** What a tester decides. */
    ControlEvent controlEvent(SandboxRequest request) {
        var body = request.json() ? read(request, ControlBody.class) : controlBody(form(request));
        return new ControlEvent(Fields.require("event", body.event()), body.refund());
    }

    private static ControlBody controlBody(Map<String, List<String>> form) {
        try {
            var refund = field(form, "refund");
            return new ControlBody(field(form, "event"), refund == null ? null : UUID.fromString(refund));
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "refund is not valid");
        }
    }

    private <T> T read(SandboxRequest request, Class<T> type) {
        if (!request.json()) {
            throw new Refusal(415, "Send application/json");
        }
        try {
            var value = json.readValue(request.body(), type);
            if (value == null) {
                throw new Refusal(400, "The body is empty");
            }
            return value;
        } catch (JacksonException e) {
            throw new Refusal(400, "The body cannot be read");
        }
    }

    private static @Nullable String field(Map<String, List<String>> form, String name) {
        return form.getOrDefault(name, List.of()).stream().findFirst().orElse(null);
    }

    private static Map<String, List<String>> form(SandboxRequest request) {
        try {
            return new QueryStringDecoder(request.body(), false).parameters();
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "The form cannot be read");
        }
    }

    /** What a test sends to have something happen. */
    record EventBody(@Nullable String event) {}

    /** What a tester sends, nothing in it checked yet. */
    record ControlBody(@Nullable String event, @Nullable UUID refund) {}

    /**
     * What a tester decides.
     *
     * @param refund which refund it is about, if it is about one
     */
    record ControlEvent(String event, @Nullable UUID refund) {}
}
