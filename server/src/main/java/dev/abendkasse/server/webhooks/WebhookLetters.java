package dev.abendkasse.server.webhooks;

import dev.abendkasse.server.webhooks.domain.Outgoing;
import java.net.URI;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Makes what is sent of what is to be delivered. */
@Component
class WebhookLetters {

    private final WebhookBodies bodies;
    private final WebhookSecrets secrets;

    WebhookLetters(WebhookBodies bodies, WebhookSecrets secrets) {
        this.bodies = bodies;
        this.secrets = secrets;
    }

    /** The time in the signature is that of the sending, so that a late try is not taken for a replayed one. */
    WebhookRequest of(Outgoing outgoing) {
        var now = Instant.now();
        var body = bodies.of(outgoing.type(), outgoing.occurredAt(), outgoing.data());
        var signature = secrets.sign(outgoing.deliveryId(), now, body, outgoing.secret(), outgoing.oldSecret());
        return new WebhookRequest(URI.create(outgoing.url()), outgoing.deliveryId(), now, signature, body);
    }
}
