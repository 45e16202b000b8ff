package dev.abendkasse.server.payment;

import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.PaymentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the provider is asked to open.
 *
 * @param reference what the buyer reads on the payment page and the statement, such as the order's number
 * @param method CARD, PAYPAL or SEPA_DEBIT
 * @param returnUrl where the payment page sends the buyer afterwards
 */
public record OpenPayment(
        PaymentId payment,
        String reference,
        Money amount,
        String method,
        @Nullable String returnUrl,
        Instant expiresAt) {}
