package dev.abendkasse.server.gate.domain;

/** Why a ticket lets nobody in. */
public enum RevokedReason {
    CANCELLED,
    REFUNDED,
    DISPUTED,
    REPLACED
}
