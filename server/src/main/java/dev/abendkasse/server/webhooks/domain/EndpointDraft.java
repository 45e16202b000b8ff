package dev.abendkasse.server.webhooks.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An endpoint to be added. */
public record EndpointDraft(
        String url,
        String description,
        List<String> events,
        @Nullable String clientId) {}
