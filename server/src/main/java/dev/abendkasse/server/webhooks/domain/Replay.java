package dev.abendkasse.server.webhooks.domain;

import java.time.Instant;
import java.util.UUID;

/**
 * What an endpoint is to be sent again.
 *
 * @param since what happened from then on
 * @param delivered also what it has taken before
 * @param limit how many at most
 */
public record Replay(UUID endpointId, Instant since, boolean delivered, int limit) {}
