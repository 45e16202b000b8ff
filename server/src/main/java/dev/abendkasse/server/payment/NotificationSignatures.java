package dev.abendkasse.server.payment;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.abendkasse.server.sandbox.SandboxWebhooks;
import dev.abendkasse.server.secret.Secrets;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Checks the provider's signatures with every secret that is valid at the moment. */
@Component
class NotificationSignatures {

    private final List<Webhook> secrets;

    NotificationSignatures(PaymentProperties properties, Secrets secrets) {
        this.secrets = properties.webhookSecrets().isEmpty()
                ? List.of(sandbox(secrets))
                : properties.webhookSecrets().stream()
                        .map(NotificationSignatures::webhook)
                        .toList();
    }

    boolean fits(SignedMessage message) {
        var headers = Map.of(
                Webhook.UNBRANDED_MSG_ID_KEY, List.of(message.id()),
                Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, List.of(message.timestamp()),
                Webhook.UNBRANDED_MSG_SIGNATURE_KEY, List.of(message.signature()));
        return secrets.stream().anyMatch(secret -> fits(secret, message.body(), headers));
    }

    private static boolean fits(Webhook secret, String body, Map<String, List<String>> headers) {
        try {
            secret.verify(body, headers);
            return true;
        } catch (WebhookVerificationException e) {
            return false;
        }
    }

    private static Webhook webhook(String secret) {
        try {
            return new Webhook(secret);
        } catch (EmptyWebhookSecretException e) {
            throw new IllegalArgumentException("A secret in abendkasse.payment.webhook-secrets is empty", e);
        }
    }

    private static Webhook sandbox(Secrets secrets) {
        try {
            return new Webhook(SandboxWebhooks.secret(secrets));
        } catch (EmptyWebhookSecretException e) {
            throw new IllegalStateException(e);
        }
    }
}
