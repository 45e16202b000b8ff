package dev.abendkasse.server.sandbox.domain;

import java.time.Instant;

/** Something the shop is to be told. */
public record SandboxNotification(String eventId, String type, Instant occurredAt, SandboxPayment payment) {}
