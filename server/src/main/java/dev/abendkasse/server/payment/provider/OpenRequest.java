package dev.abendkasse.server.payment.provider;

import dev.abendkasse.server.payment.OpenPayment;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What goes over the wire to open a payment. */
record OpenRequest(
        UUID paymentId,
        String reference,
        long amount,
        String currency,
        String method,
        @Nullable String returnUrl,
        Instant expiresAt,
        URI notificationUrl) {

    static OpenRequest of(OpenPayment payment, URI notificationUrl) {
        return new OpenRequest(
                payment.payment().value(),
                payment.reference(),
                payment.amount().amount(),
                payment.amount().currency().getCurrencyCode(),
                payment.method(),
                payment.returnUrl(),
                payment.expiresAt(),
                notificationUrl);
    }
}
