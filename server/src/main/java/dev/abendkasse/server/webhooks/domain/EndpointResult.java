package dev.abendkasse.server.webhooks.domain;

import dev.abendkasse.server.shared.problem.ProblemType;

/** What became of a wish to add, change or remove an endpoint. */
public sealed interface EndpointResult {

    record Done(Endpoint endpoint) implements EndpointResult {}

    /** Nothing was changed. */
    record Refused(ProblemType problem) implements EndpointResult {}

    /** Nothing was changed: nothing may be sent there. */
    record NotAllowed(EndpointUrl.Fault fault) implements EndpointResult {}
}
