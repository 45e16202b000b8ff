package dev.abendkasse.server.bank.domain;

import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How staff name an order: by one of these. */
public record OrderName(
        @Nullable UUID orderId,
        @Nullable String orderNumber,
        @Nullable String invoiceNumber) {

    public static OrderName of(UUID orderId) {
        return new OrderName(orderId, null, null);
    }

    public long parts() {
        return Stream.of(orderId, orderNumber, invoiceNumber)
                .filter(Objects::nonNull)
                .count();
    }
}
