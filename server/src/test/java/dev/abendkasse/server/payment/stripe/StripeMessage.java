package dev.abendkasse.server.payment.stripe;

import com.stripe.net.Webhook;
import dev.abendkasse.server.testing.TestServer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.test.web.reactive.server.WebTestClient;

/** An event as Stripe's documentation shows it, with the fields that count and some that do not. */
record StripeMessage(String id, String body) {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final String EVENT = """
            {"id": "%s", "object": "event", "api_version": "2026-07-29.dahlia", "created": %d, "livemode": false,
             "pending_webhooks": 1, "request": {"id": null, "idempotency_key": null}, "type": "%s",
             "data": {"object": %s}}
            """;

    private static final String INTENT = """
            {"id": "%s", "object": "payment_intent", "amount": %d, "amount_received": %d, "currency": "eur",
             "status": "%s", "latest_charge": "ch_1", "receipt_email": "buyer@example.org",
             "metadata": {"payment_id": "%s"}, "payment_method_types": ["card"],
             "last_payment_error": {"type": "card_error", "code": "card_declined", "decline_code": "generic_decline",
                                    "payment_method": {"billing_details": {"name": "Example Buyer"}}}}
            """;

    private static final String REFUND = """
            {"id": "re_1", "object": "refund", "amount": %d, "currency": "eur", "charge": "ch_1", "payment_intent": "%s",
             "status": "%s", "metadata": {%s}}
            """;

    private static final String DISPUTE = """
            {"id": "dp_1", "object": "dispute", "amount": %d, "currency": "eur", "charge": "ch_1",
             "payment_intent": "%s", "reason": "fraudulent", "status": "%s", "metadata": {},
             "evidence": {"customer_name": "Example Buyer"}}
            """;

    static StripeMessage of(String type, String object) {
        return of(type, Instant.now(), object);
    }

    static StripeMessage of(String type, Instant created, String object) {
        var id = "evt_" + NUMBER.incrementAndGet();
        return new StripeMessage(id, EVENT.formatted(id, created.getEpochSecond(), type, object));
    }

    static StripeMessage processing(UUID payment, Instant at) {
        return of("payment_intent.processing", at, intent(payment, 5000, "processing"));
    }

    static StripeMessage requiresAction(UUID payment) {
        return of("payment_intent.requires_action", intent(payment, 5000, "requires_action"));
    }

    static StripeMessage succeeded(UUID payment, long amount) {
        return of("payment_intent.succeeded", intent(payment, amount, "succeeded"));
    }

    static StripeMessage failed(UUID payment, Instant at) {
        return of("payment_intent.payment_failed", at, intent(payment, 5000, "requires_payment_method"));
    }

    static StripeMessage cancelled(UUID payment) {
        return of("payment_intent.canceled", intent(payment, 5000, "canceled"));
    }

    static StripeMessage refund(String type, UUID payment, UUID refund, String status) {
        var ours = "\"payment_id\": \"%s\", \"refund_id\": \"%s\"".formatted(payment, refund);
        return of(type, REFUND.formatted(5000, StripeStub.intentOf(payment), status, ours));
    }

    /** One that somebody made in Stripe's Dashboard. */
    static StripeMessage foreignRefund(UUID payment) {
        return of("refund.created", REFUND.formatted(5000, StripeStub.intentOf(payment), "succeeded", ""));
    }

    static StripeMessage dispute(String type, UUID payment, String status) {
        return of(type, DISPUTE.formatted(5000, StripeStub.intentOf(payment), status));
    }

    String signed(String secret) {
        return signed(secret, Instant.now());
    }

    String signed(String secret, Instant at) {
        try {
            return Webhook.Signature.generateSignatureHeader(body, secret, at.getEpochSecond());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends it as Stripe does. */
    void to(TestServer server) {
        send(server, body, signed(StripeStub.SECRET))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.eventId")
                .isEqualTo(id);
    }

    static WebTestClient.ResponseSpec send(TestServer server, String body, String signature) {
        return server.http()
                .post()
                .uri("/v1/stripe-events")
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Stripe-Signature", signature)
                .bodyValue(body)
                .exchange();
    }

    private static String intent(UUID payment, long amount, String status) {
        return INTENT.formatted(
                StripeStub.intentOf(payment), amount, status.equals("succeeded") ? amount : 0, status, payment);
    }
}
