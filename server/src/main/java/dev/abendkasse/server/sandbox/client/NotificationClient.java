package dev.abendkasse.server.sandbox.client;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import dev.abendkasse.server.sandbox.SandboxComponent;
import dev.abendkasse.server.sandbox.SandboxProperties;
import dev.abendkasse.server.sandbox.SandboxWebhooks;
import dev.abendkasse.server.sandbox.domain.SandboxNotification;
import dev.abendkasse.server.secret.Secrets;
import java.time.Instant;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Sends notifications, signed as Standard Webhooks. */
@SandboxComponent
public class NotificationClient {

    private final WebClient http;
    private final JsonMapper json;
    private final Webhook webhook;
    private final SandboxProperties properties;

    NotificationClient(WebClient.Builder builder, JsonMapper json, Secrets secrets, SandboxProperties properties)
            throws EmptyWebhookSecretException {
        this.http = builder.build();
        this.json = json;
        this.webhook = new Webhook(SandboxWebhooks.secret(secrets));
        this.properties = properties;
    }

    /** Fails unless the shop takes it. */
    public Mono<Void> send(SandboxNotification notification) {
        return Mono.defer(() -> post(notification)).timeout(properties.notificationLimit());
    }

    /** The time in the signature is that of the sending, so that a late try is not taken for a replayed one. */
    private Mono<Void> post(SandboxNotification notification) {
        var body = json.writeValueAsString(NotificationBody.of(notification));
        var timestamp = Instant.now().getEpochSecond();
        return http.post()
                .uri(notification.payment().notificationUrl())
                .contentType(MediaType.APPLICATION_JSON)
                .header(Webhook.UNBRANDED_MSG_ID_KEY, notification.eventId())
                .header(Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, Long.toString(timestamp))
                .header(Webhook.UNBRANDED_MSG_SIGNATURE_KEY, sign(notification.eventId(), timestamp, body))
                .bodyValue(body)
                .exchangeToMono(NotificationClient::taken);
    }

    private static Mono<Void> taken(ClientResponse response) {
        return response.statusCode().is2xxSuccessful()
                ? response.releaseBody()
                : response.releaseBody()
                        .then(Mono.error(() -> new IllegalStateException(
                                "The shop answered " + response.statusCode().value())));
    }

    private String sign(String id, long timestamp, String body) {
        try {
            return webhook.sign(id, timestamp, body);
        } catch (WebhookSigningException e) {
            throw new IllegalStateException(e);
        }
    }
}
