package dev.abendkasse.server.boxoffice.domain;

import dev.abendkasse.server.shared.Actor;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.Item;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money over the counter.
 *
 * @param amount what is booked
 * @param tendered what was handed over in cash, in minor units
 * @param reason why all the same, where one is needed
 * @param caseNumber for money that the order cannot use after all
 */
public record TakePayment(
        UUID orderId,
        long fence,
        UUID counterPaymentId,
        CounterPayment.Method method,
        Item.Price amount,
        @Nullable Long tendered,
        @Nullable String reference,
        @Nullable String reason,
        String caseNumber,
        Actor actor,
        Idempotency repeat) {}
