package dev.abendkasse.server.webhooks;

import dev.abendkasse.server.webhooks.domain.EndpointResult;

/**
 * What became of a wish to add an endpoint.
 *
 * @param secret its secret, of no use when it was refused
 */
public record NewEndpoint(EndpointResult result, String secret) {}
