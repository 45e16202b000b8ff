package dev.abendkasse.server.testing;

import com.standardwebhooks.Webhook;
import dev.abendkasse.server.sandbox.SandboxWebhooks;
import dev.abendkasse.server.secret.Secrets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.springframework.http.MediaType;

/** Notifications as the sandbox signs them, sent to whichever replica and as often as a test wants. */
public final class ProvidersWord {

    private ProvidersWord() {}

    /**
     * Tells of a payment of 50.00 EUR.
     *
     * @param more further members, each with a comma before it
     */
    public static void tell(TestServer server, String eventId, String type, UUID payment, String more) {
        tell(server, eventId, type, payment, more, "EUR");
    }

    public static void tell(
            TestServer server, String eventId, String type, UUID payment, String more, String currency) {
        var body = """
                {"eventId":"%s","type":"%s","paymentId":"%s","reference":"sb-%s","amount":5000,"currency":"%s",\
                "occurredAt":"2026-12-01T18:44:05Z"%s}""".formatted(eventId, type, payment, payment, currency, more);
        var timestamp = Instant.now().getEpochSecond();
        server.http()
                .post()
                .uri("/v1/payment-notifications/sandbox")
                .contentType(MediaType.APPLICATION_JSON)
                .header("Webhook-Id", eventId)
                .header("Webhook-Timestamp", Long.toString(timestamp))
                .header("Webhook-Signature", signature(server, eventId, timestamp, body))
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isOk();
    }

    /** What a provider that a test plays signs with, for a server of a test's. */
    public static String secret() {
        var secrets = new Secrets(Base64.getDecoder().decode(TestServer.KEY));
        return "whsec_" + Base64.getEncoder().encodeToString(SandboxWebhooks.secret(secrets));
    }

    private static String signature(TestServer server, String id, long timestamp, String body) {
        try {
            return new Webhook(SandboxWebhooks.secret(server.bean(Secrets.class))).sign(id, timestamp, body);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
