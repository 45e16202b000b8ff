package dev.abendkasse.server.payment;

import dev.abendkasse.server.shared.Money;

/**
 * How a payment stands at the provider.
 *
 * @param kind PROCESSING, SUCCEEDED, DECLINED, FAILED or CANCELLED
 * @param amount what was received, where it succeeded
 * @param reference the provider's name for the payment
 */
public record ProviderStanding(PaymentFact.Kind kind, Money amount, String reference) {}
