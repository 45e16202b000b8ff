package dev.abendkasse.server.payment;

import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.PaymentId;
import java.util.UUID;

/**
 * Money that the provider is to give back.
 *
 * @param refund names it for good, also to the provider
 * @param reference the provider's name for the payment
 * @param amount at most what the payment brought in, less what was given back of it before
 */
public record OpenRefund(UUID refund, PaymentId payment, String reference, Money amount) {}
