package dev.abendkasse.server.outbox;

import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Something that is to leave.
 *
 * @param id the same on every try, so that the receiver can tell repetitions
 * @param kind which handler it is for
 * @param key what names the effect
 * @param tries how many there have been, this one included
 * @param fence this try's; an older one cannot end the message
 */
public record OutboxMessage(
        UUID id, String kind, String key, JsonNode payload, int tries, long fence, Instant createdAt) {}
