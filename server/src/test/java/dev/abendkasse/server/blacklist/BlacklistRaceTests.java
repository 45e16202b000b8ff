package dev.abendkasse.server.blacklist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.blacklist.domain.BlacklistDraft;
import dev.abendkasse.server.blacklist.domain.BlacklistEntry;
import dev.abendkasse.server.blacklist.domain.BlacklistPerson;
import dev.abendkasse.server.blacklist.domain.BlacklistResult;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.Confirmed;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.Redirect;
import dev.abendkasse.server.shared.CartView;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** A block and a checkout of the same person: one after the other, never through each other. */
class BlacklistRaceTests {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final int ROUNDS = 100;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static TestServer shop;
    private static TestServer office;
    private static UUID performance;

    private final DatabaseClient db = DATABASE.client();
    private final Buyers buyers = new Buyers(shop, db);

    @BeforeAll
    static void start() {
        shop = TestServer.on(DATABASE);
        office = TestServer.on(DATABASE);
        performance = Awaited.of(Hall.open(DATABASE.client(), 10, 1000));
    }

    @AfterAll
    static void stop() {
        shop.close();
        office.close();
    }

    @Test
    void guestIsDecidedBeforeTheBlockOfTheTypedAddressOrNotAtAll() {
        for (int round = 0; round < ROUNDS; round++) {
            var email = newEmail();
            var cart = hold(null);

            race(round, cart, null, email.toUpperCase(), block(null, email));
        }
    }

    @Test
    void customerIsDecidedBeforeTheBlockOfTheAccountOrNotAtAll() {
        for (int round = 0; round < ROUNDS; round++) {
            var customer = buyers.customer(newEmail());
            var cart = hold(customer);

            race(round, cart, customer, newEmail(), block(customer, null));
        }
    }

    @Test
    void b8CustomerIsDecidedBeforeTheBlockOfAFormerAddressOrNotAtAll() {
        for (int round = 0; round < ROUNDS; round++) {
            var former = newEmail();
            var customer = buyers.customer(former, newEmail());
            var cart = hold(customer);

            race(round, cart, customer, newEmail(), block(null, former));
        }
    }

    private void race(int round, CartView cart, CustomerId customer, String email, BlacklistDraft draft) {
        Mono<Object> block =
                office.bean(BlacklistService.class).add(draft, "test", repeat()).cast(Object.class);
        Mono<Object> checkout = buyers.checkOut(cart, customer, null, email).cast(Object.class);

        // Who is a little earlier changes, so that both orders come about.
        var both = round % 2 == 0 ? Mono.zip(block, checkout) : Mono.zip(checkout, block);
        var results = Awaited.of(both);

        var entry = (BlacklistResult.Done<BlacklistEntry>) (round % 2 == 0 ? results.getT1() : results.getT2());
        var outcome = (CheckoutOutcome) (round % 2 == 0 ? results.getT2() : results.getT1());
        check(cart, outcome, entry.result());
    }

    private void check(CartView cart, CheckoutOutcome outcome, BlacklistEntry entry) {
        if (outcome instanceof Confirmed(var order)) {
            assertThat(order.createdAt()).isBefore(entry.createdAt());
            assertThat(orders(cart)).isOne();
        } else {
            assertThat(outcome).isInstanceOf(Redirect.class);
            assertThat(orders(cart)).isZero();
        }
    }

    private static BlacklistDraft block(CustomerId customer, String email) {
        var person = new BlacklistPerson(customer == null ? null : customer.value(), email);
        return new BlacklistDraft(person, "Test", List.of(), null, List.of());
    }

    private static Idempotency repeat() {
        return new Idempotency("test", UUID.randomUUID(), "00");
    }

    private CartView hold(CustomerId customer) {
        return Awaited.of(buyers.hold(customer, new Selection(performance, null, "free", 1, null)));
    }

    private long orders(CartView cart) {
        return Awaited.of(db.sql("select count(*) from orders where cart_id = :cart")
                .bind("cart", cart.cartId())
                .mapValue(Long.class)
                .one());
    }

    private static String newEmail() {
        return "person-" + NUMBER.incrementAndGet() + "@example.org";
    }
}
