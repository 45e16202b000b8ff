package dev.abendkasse.server.sandbox.domain;

/** Where a payment stands in the sandbox's books. */
public enum SandboxState {
    OPEN,
    PROCESSING,
    SUCCEEDED,
    FAILED,
    CANCELLED
}
