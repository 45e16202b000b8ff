package dev.abendkasse.server.sandbox.web;

import dev.abendkasse.server.sandbox.SandboxComponent;
import dev.abendkasse.server.sandbox.domain.SandboxEvent;
import dev.abendkasse.server.sandbox.domain.SandboxPayment;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
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

    /** The name of an event, or "leave". */
    String event(SandboxRequest request) {
        var event = request.json() ? read(request, EventBody.class).event() : formEvent(request.body());
        if (event == null || !(event.equals(LEAVE) || SandboxEvent.byCode(event).isPresent())) {
            throw new Refusal(400, "event is not known");
        }
        return event;
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

    private static @Nullable String formEvent(String body) {
        try {
            var form = new QueryStringDecoder(body, false).parameters();
            return form.getOrDefault("event", List.of()).stream().findFirst().orElse(null);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "The form cannot be read");
        }
    }

    /** What a test sends to have something happen. */
    record EventBody(@Nullable String event) {}
}
