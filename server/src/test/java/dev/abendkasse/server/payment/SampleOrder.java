package dev.abendkasse.server.payment;

import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.OrderId;
import dev.abendkasse.server.shared.PaymentId;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;

/** An order that waits for its money, straight in the database, for tests of payments alone. */
public final class SampleOrder {

    private static final String CART = """
            insert into cart (cart_id, shop_id, token_hash, pickup_code, state, expires_at)
            values (:cart, 'main', '', 'ABC123', 'CHECKED_OUT', clock_timestamp())
            """;

    private static final String ORDER = """
            insert into orders (order_id, order_number, cart_id, shop_id, token_hash, state, payment_status, total,
                                currency, buyer, match_key, held_until, created_at)
            values (:order, nextval('order_number_seq'), :cart, 'main', '', 'AWAITING_PAYMENT', 'UNPAID', 4950,
                    'EUR', '{}', '', clock_timestamp() + interval '32 minutes', clock_timestamp())
            """;

    private SampleOrder() {}

    public static OrderId in(DatabaseClient db) {
        var cart = UUID.randomUUID();
        var order = UUID.randomUUID();
        db.sql(CART)
                .bind("cart", cart)
                .then()
                .then(db.sql(ORDER).bind("order", order).bind("cart", cart).then())
                .block();
        return new OrderId(order);
    }

    /** A further attempt to pay it, not yet in the database. */
    public static NewPayment attempt(OrderId order) {
        return new NewPayment(
                new PaymentId(UUID.randomUUID()),
                order,
                "CARD",
                Money.of(4950, "EUR"),
                "https://shop.example.org/thanks",
                Instant.parse("2026-12-01T18:45:00Z"));
    }
}
