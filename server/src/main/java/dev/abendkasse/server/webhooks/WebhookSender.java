package dev.abendkasse.server.webhooks;

import dev.abendkasse.server.webhooks.domain.Attempt;
import reactor.core.publisher.Mono;

/** Sends to endpoints. */
public interface WebhookSender {

    /** Never fails, and ends in time. */
    Mono<Attempt> send(WebhookRequest request);
}
