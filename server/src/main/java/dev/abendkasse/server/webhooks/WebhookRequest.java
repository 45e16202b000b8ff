package dev.abendkasse.server.webhooks;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;

/**
 * What an endpoint is sent.
 *
 * @param id the same on every try
 * @param sentAt this try's time, which is signed
 * @param signature one for each secret that is good, with blanks between
 */
public record WebhookRequest(URI url, UUID id, Instant sentAt, String signature, byte[] body) {}
