package dev.abendkasse.server.testing;

import dev.abendkasse.server.cart.domain.CartCommand;
import dev.abendkasse.server.checkout.domain.Completion;
import dev.abendkasse.server.checkout.domain.Terms;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.Buyer;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * An order that waits for its money, made by the database's functions as checkout makes it.
 *
 * @param paymentId its first attempt, not yet opened; a reservation has none
 * @param checkout the command that made it
 */
public record UnpaidOrder(UUID orderId, UUID paymentId, Idempotency checkout) {

    /** Hex of the hash of its secret. */
    public static final String TOKEN_HASH = "0aff";

    private static final AtomicInteger CODES = new AtomicInteger();
    private static final Buyer BUYER = new Buyer("buyer@example.org", "Example Buyer", null, null);

    /** In a hall of its own. */
    public static UnpaidOrder in(DatabaseClient db) {
        return of(db, Awaited.of(Hall.open(db, 10, 0)), "r1-1");
    }

    /** Each seat costs 50.00 EUR. */
    public static UnpaidOrder of(DatabaseClient db, UUID performance, String... seats) {
        var payment = UUID.randomUUID();
        var terms = Terms.awaitingPayment(in(Duration.ofMinutes(30)), payment, null);
        return make(db, null, payment, terms, seats.length, cart(UUID.randomUUID(), performance, seats));
    }

    /** The same with places of general admission. */
    public static UnpaidOrder standing(DatabaseClient db, UUID performance, int places) {
        var payment = UUID.randomUUID();
        var terms = Terms.awaitingPayment(in(Duration.ofMinutes(30)), payment, null);
        return make(db, null, payment, terms, places, cart(UUID.randomUUID(), performance, places));
    }

    /** To be paid within a week, on the account of a customer who has one. */
    public static UnpaidOrder reserved(DatabaseClient db, UUID performance, @Nullable UUID customer, String... seats) {
        var terms = Terms.reserved(in(Duration.ofDays(7)), customer != null);
        return make(db, customer, UUID.randomUUID(), terms, seats.length, cart(UUID.randomUUID(), performance, seats));
    }

    /** The command that holds seats for a cart. */
    public static CartCommand.Create cart(UUID cart, UUID performance, String... seats) {
        return cart(cart, new Selection(performance, List.of(seats), null, null, "full"));
    }

    /** The command that holds places of general admission for a cart. */
    public static CartCommand.Create cart(UUID cart, UUID performance, int places) {
        return cart(cart, new Selection(performance, null, "ga", places, "full"));
    }

    private static CartCommand.Create cart(UUID cart, Selection selection) {
        return new CartCommand.Create(cart, TOKEN_HASH, pickupCode(), "main", null, selection, null, null, null);
    }

    /** One that no other cart has. */
    public static String pickupCode() {
        return "%06d".formatted(CODES.incrementAndGet());
    }

    private static UnpaidOrder make(
            DatabaseClient db,
            @Nullable UUID customer,
            UUID payment,
            Terms terms,
            int places,
            CartCommand.Create holding) {
        var cart = holding.cartId();
        var order = new UnpaidOrder(
                UUID.randomUUID(), payment, new Idempotency("checkout:" + cart, UUID.randomUUID(), "00"));
        var functions = new Functions(db);
        Awaited.of(functions
                .call("create_cart", holding)
                .then(functions.call(
                        "complete_checkout",
                        new Completion(
                                cart,
                                1,
                                order.orderId(),
                                TOKEN_HASH,
                                customer,
                                BUYER,
                                "bb",
                                PurchaseMethod.CARD,
                                5000L * places,
                                "EUR",
                                "de",
                                terms,
                                order.checkout()))));
        return order;
    }

    private static Instant in(Duration time) {
        return Instant.now().plus(time);
    }
}
