package dev.abendkasse.server.helpdesk.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.abendkasse.server.helpdesk.HelpDeskChoice;
import dev.abendkasse.server.helpdesk.HelpDeskProperties;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/** Signs as Standard Webhooks wants it, with every secret that is good, and checks with every one. */
@Component
@Conditional(HelpDeskChoice.Webhook.class)
class DeskSignatures {

    private final List<Webhook> secrets;

    DeskSignatures(HelpDeskProperties properties) {
        this.secrets =
                properties.secrets().stream().map(DeskSignatures::webhook).toList();
    }

    String sign(UUID id, Instant at, String body) {
        return secrets.stream().map(secret -> sign(secret, id, at, body)).collect(Collectors.joining(" "));
    }

    boolean fit(SignedMessage message) {
        var headers = Map.of(
                Webhook.UNBRANDED_MSG_ID_KEY, List.of(message.id()),
                Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, List.of(message.timestamp()),
                Webhook.UNBRANDED_MSG_SIGNATURE_KEY, List.of(message.signature()));
        return secrets.stream().anyMatch(secret -> fits(secret, message.body(), headers));
    }

    private static String sign(Webhook secret, UUID id, Instant at, String body) {
        try {
            return secret.sign(id.toString(), at.getEpochSecond(), body);
        } catch (WebhookSigningException e) {
            throw new IllegalStateException(e);
        }
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
            throw new IllegalArgumentException("A secret in abendkasse.help-desk.secrets is empty", e);
        }
    }
}
