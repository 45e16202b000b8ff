package dev.abendkasse.server.webhooks;

import java.time.Instant;

/** Puts what happened into the words of the contract. */
public interface WebhookBodies {

    /** @param data JSON, as the database has noted it */
    byte[] of(String type, Instant occurredAt, String data);
}
