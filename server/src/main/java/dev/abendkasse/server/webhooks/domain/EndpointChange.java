package dev.abendkasse.server.webhooks.domain;

import java.util.List;
import java.util.UUID;

/**
 * An endpoint as it is to be.
 *
 * @param version the one that the caller has seen
 */
public record EndpointChange(
        UUID endpointId, long version, String url, String description, List<String> events, boolean active) {}
