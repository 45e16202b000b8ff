package dev.abendkasse.server.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.checkout.domain.CheckoutOutcome.Confirmed;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.UnderReview;
import dev.abendkasse.server.shared.OrderView;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;

class OrderTotalTests {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String[] CATEGORIES = {"a", "ga", "free"};

    private static TestServer server;

    private final DatabaseClient db = DATABASE.client();

    @BeforeAll
    static void start() {
        server = TestServer.on(DATABASE);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void c12TotalOfAnyOrderIsTheSumOfItsItemsToTheCent() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var rounds = Scale.of(200);
        var performance = Awaited.of(Hall.open(db, 8 * rounds, 8 * rounds));
        oddPrices(performance, random);
        var buyers = new Buyers(server, db);

        for (int round = 0; round < rounds; round++) {
            var order = buy(buyers, performance, random, "buyer-" + round + "@example.org");

            var sum = order.items().stream()
                    .mapToLong(item -> item.price().amount())
                    .sum();
            assertThat(order.total().amount())
                    .as("seed %s, round %s", seed, round)
                    .isEqualTo(sum);
            assertThat(stored(order.orderId()))
                    .as("seed %s, round %s", seed, round)
                    .isEqualTo(sum);
        }
    }

    /** On account: it confirms within the limit and goes to people beyond it; either way there is an order. */
    private static OrderView buy(Buyers buyers, UUID performance, Random random, String email) {
        var customer = buyers.customer(email);
        var category = CATEGORIES[random.nextInt(CATEGORIES.length)];
        var priceType = category.equals("free") || random.nextBoolean() ? "full" : "reduced";
        var selection = new Selection(performance, null, category, 1 + random.nextInt(8), priceType);
        return Awaited.of(buyers.hold(customer, selection)
                .flatMap(cart -> buyers.checkOut(cart, customer, PurchaseMethod.INVOICE, email))
                .map(outcome -> switch (outcome) {
                    case Confirmed confirmed -> confirmed.order();
                    case UnderReview review -> review.order();
                    default -> throw new AssertionError(outcome);
                }));
    }

    private void oddPrices(UUID performance, Random random) {
        Awaited.of(
                db.sql("update price set amount = amount + (:seed * ordinal) % 1000 where performance_id = :performance"
                                + " and category <> 'free'")
                        .bind("seed", 1 + random.nextInt(998))
                        .bind("performance", performance)
                        .then());
    }

    private long stored(UUID order) {
        return Awaited.of(db.sql("select total from orders where order_id = :order")
                .bind("order", order)
                .mapValue(Long.class)
                .one());
    }
}
