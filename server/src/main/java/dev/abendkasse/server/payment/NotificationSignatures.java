package dev.abendkasse.server.payment;

import dev.abendkasse.server.sandbox.SandboxWebhooks;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.standardwebhooks.SharedSecrets;
import dev.abendkasse.server.standardwebhooks.SignedMessage;
import java.util.List;
import org.springframework.stereotype.Component;

/** Checks the provider's signatures with every secret that is valid at the moment. */
@Component
class NotificationSignatures {

    private final SharedSecrets secrets;

    NotificationSignatures(PaymentProperties properties, Secrets secrets) {
        this.secrets = properties.webhookSecrets().isEmpty()
                ? SharedSecrets.of(List.of(SandboxWebhooks.secret(secrets)))
                : SharedSecrets.of(properties.webhookSecrets(), "abendkasse.payment.webhook-secrets");
    }

    boolean fits(SignedMessage message) {
        return secrets.fit(message);
    }
}
