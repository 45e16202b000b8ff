package dev.abendkasse.server.shared;

import java.util.UUID;

/** An attempt to pay an order. */
public record PaymentId(UUID value) {}
