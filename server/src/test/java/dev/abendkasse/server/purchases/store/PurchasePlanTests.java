package dev.abendkasse.server.purchases.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.purchases.domain.Purchase;
import dev.abendkasse.server.purchases.domain.PurchaseSearch;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Plans;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.TestDatabase;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However many orders there are and however many match, a search reads few of them: a million orders in {@code -Pfull}. */
class PurchasePlanTests {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final int ORDERS = Scale.of(1_000_000) < 1_000_000 ? 20_000 : 1_000_000;

    /** One a minute. Those of the first half are at another provider. */
    private static final String FILL = """
            with numbers as (
                select n, gen_random_uuid() as cart_id, clock_timestamp() - (%1$d - n) * interval '1 minute' as at
                  from generate_series(1, %1$d) n
            ), carts as (
                insert into cart (cart_id, shop_id, token_hash, pickup_code, state, created_at, expires_at)
                select cart_id, 'main', '\\x00', 'ABCDEF', 'CHECKED_OUT', at, at from numbers
                returning cart_id
            )
            insert into orders (order_id, order_number, cart_id, shop_id, token_hash, state, payment_status, total, currency,
                                buyer, match_key, created_at)
            select gen_random_uuid(), 100000 + n, cart_id, 'main', '\\x00', 'CONFIRMED', 'PAID', 5000, 'EUR',
                   jsonb_build_object('name', 'Example Buyer ' || n || ' ' || md5(n::text),
                                      'email', 'buyer-' || n || case when n <= %1$d / 2 then '@old.example'
                                                                     else '@new.example' end,
                                      'phone', '+49 30 ' || 5000000 + n),
                   '\\x00', at
              from numbers join carts using (cart_id)
            """.formatted(ORDERS);

    /** Clerks have had half of them, and have none now. */
    private static final String DESKS =
            "insert into desk (order_id, clerk) select order_id, 'clerk' from orders where order_number % 2 = 0";

    private final PurchaseStore purchases = new PurchaseStore(new Functions(DATABASE.client()));

    @BeforeAll
    static void fillTheTable() throws SQLException {
        try (var connection = DriverManager.getConnection(DATABASE.jdbcUrl(), DATABASE.user(), null);
                var statement = connection.createStatement()) {
            statement.execute(FILL);
            statement.execute(DESKS);
            statement.execute("vacuum analyze orders, cart, desk");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "buyer 12345 ",
                "5012345",
                "@old.example",
                "example",
                "nobody at all",
                "a.b",
                "___",
                "@o.e",
                "new.example buyer 19"
            })
    void noTextReadsAllOrders(String text) throws SQLException {
        var plans = plans(
                "{\"by\": \"clerk\", \"texts\": [\"%s\"], \"limit\": 20, \"endedSeconds\": 3600}".formatted(text));

        assertThat(plans)
                .contains("orders")
                .doesNotContain("Seq Scan on orders")
                .doesNotContain("Seq Scan on cart");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"orderNumber\": \"112345\"",
                "\"pickupCode\": \"ABCDEG\"",
                "\"performanceId\": \"0199d1e0-1111-7a11-8b22-0a1b2c3d4e5f\", \"seatId\": \"r1-1\""
            })
    void noKeyReadsAllOrders(String key) throws SQLException {
        var plans = plans("{\"by\": \"clerk\", %s, \"limit\": 20, \"endedSeconds\": 3600}".formatted(key));

        assertThat(plans)
                .contains("orders")
                .doesNotContain("Seq Scan on orders")
                .doesNotContain("Seq Scan on cart");
    }

    /** The statement that counts candidates stops when there are too many, and so does the way from the newest on. */
    @Test
    void whatNearlyEverybodyHasIsFoundAmongTheNewest() throws SQLException {
        var plans = plans("{\"by\": \"clerk\", \"texts\": [\"new.example\"], \"limit\": 20, \"endedSeconds\": 3600}");

        assertThat(plans)
                .contains("Index Scan Backward using orders_created_idx on orders")
                .containsPattern("Bitmap Heap Scan on orders .*\\(actual rows=5001")
                .containsPattern("orders_created_idx on orders .*\\(actual rows=21[. ]");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void listOfDraftsReadsNoOtherOrders(boolean stale) throws SQLException {
        var plans = plans(
                "desk_drafts", "{\"actor\": {\"name\": \"clerk\"}, \"stale\": %s, \"limit\": 21}".formatted(stale));

        assertThat(plans)
                .contains("orders_desk_idx on orders")
                .doesNotContain("Seq Scan on orders")
                .doesNotContain("Seq Scan on desk");
    }

    @Test
    void exactlyTheOrderThatIsMeantIsFoundAmongAll() {
        for (var text : List.of("buyer-12345@", "030 5012345", "+49 30 5012345", "0049 (0)30/501 23 45")) {
            assertThat(search(text, null).items())
                    .as(text)
                    .extracting(Purchase::orderNumber)
                    .containsExactly("112345");
        }
    }

    /** All that match are old: the way there is longer than a page may go. */
    @Test
    void pagesGoOnUntilEverythingWasLookedAt() {
        var page = search("@old.example", null);
        var pages = 1;
        while (page.items().isEmpty() && page.nextCursor() != null) {
            page = search("@old.example", page.nextCursor());
            pages++;
        }

        assertThat(page.items())
                .hasSize(20)
                .first()
                .satisfies(newest -> assertThat(newest.orderNumber()).isEqualTo(String.valueOf(100_000 + ORDERS / 2)));
        assertThat(pages).isLessThanOrEqualTo(1 + ORDERS / 100_000);
    }

    private Page<Purchase> search(String text, @Nullable String cursor) {
        var before = cursor == null ? null : TimeCursor.parse(cursor, UUID::fromString);
        return Awaited.of(purchases.search(new PurchaseSearch(
                "clerk",
                List.of(text),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                3600,
                before == null ? null : before.at(),
                before == null ? null : before.id(),
                20)));
    }

    private static String plans(String command) throws SQLException {
        return plans("search_purchases", command);
    }

    private static String plans(String function, String command) throws SQLException {
        return Plans.of(DATABASE, "select " + function + "('" + command + "')");
    }
}
