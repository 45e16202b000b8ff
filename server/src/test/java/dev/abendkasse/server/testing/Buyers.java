package dev.abendkasse.server.testing;

import dev.abendkasse.server.cart.CartService;
import dev.abendkasse.server.cart.domain.CartResult;
import dev.abendkasse.server.checkout.CheckoutService;
import dev.abendkasse.server.checkout.domain.CheckoutCommand;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome;
import dev.abendkasse.server.checkout.domain.CheckoutRequest;
import dev.abendkasse.server.secret.PersonKeys;
import dev.abendkasse.server.shared.Buyer;
import dev.abendkasse.server.shared.CartId;
import dev.abendkasse.server.shared.CartView;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.Selection;
import java.util.HexFormat;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Buyers at the services behind the web edge of one server, for tests that need many at the same instant. */
public final class Buyers {

    private static final String CUSTOMER = """
            insert into customer (name, password_hash) values ('Example Buyer', 'none') returning customer_id
            """;

    private static final String ADDRESS = """
            insert into customer_email (customer_id, email, canonical, match_key, until)
            values (:customer, :email, lower(:email), :key, case when :current then null else clock_timestamp() end)
            """;

    private final TestServer server;
    private final DatabaseClient db;
    private final CartService carts;

    public Buyers(TestServer server, DatabaseClient db) {
        this.server = server;
        this.db = db;
        this.carts = server.bean(CartService.class);
    }

    /** @param addresses all that the customer ever had; the last one is current */
    public CustomerId customer(String... addresses) {
        var customer = Awaited.of(db.sql(CUSTOMER).mapValue(UUID.class).one());
        for (int i = 0; i < addresses.length; i++) {
            Awaited.of(db.sql(ADDRESS)
                    .bind("customer", customer)
                    .bind("email", addresses[i])
                    .bind(
                            "key",
                            HexFormat.of()
                                    .parseHex(server.bean(PersonKeys.class).keyOf(addresses[i])))
                    .bind("current", i == addresses.length - 1)
                    .then());
        }
        return new CustomerId(customer);
    }

    /** @param customer null for a guest */
    public Mono<CartView> hold(CustomerId customer, Selection selection) {
        return carts.create("main", customer, selection, null, null)
                .cast(CartResult.Changed.class)
                .map(CartResult.Changed::cart);
    }

    /** The secret of a cart. */
    public String tokenOf(UUID cart) {
        return carts.tokenOf(cart);
    }

    public Mono<CheckoutOutcome> checkOut(CartView cart, CustomerId customer, PurchaseMethod method, String email) {
        return checkOut(cart, customer, method, email, UUID.randomUUID());
    }

    public Mono<CheckoutOutcome> checkOut(
            CartView cart, CustomerId customer, PurchaseMethod method, String email, UUID key) {
        return server.bean(CheckoutService.class)
                .checkOut(new CheckoutCommand(
                        new CartId(cart.cartId()),
                        carts.tokenOf(cart.cartId()),
                        cart.version(),
                        customer,
                        new CheckoutRequest(method, new Buyer(email, "Example Buyer", null, null), null),
                        "de",
                        new Idempotency("checkout:" + cart.cartId(), key, "00")));
    }
}
