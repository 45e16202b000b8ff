package dev.abendkasse.server.blacklist.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.Plans;
import dev.abendkasse.server.testing.TestDatabase;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** However many orders there are, whoever looks for suggestions starts from the facts, which are few. */
class SuggestionPlanTests {

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    /** One every four minutes, by 30,000 guests in turn, for places that have been sold again and again. */
    private static final String ORDERS = """
            with new_order as (
                insert into orders (order_id, order_number, shop_id, token_hash, state, payment_status, total, currency, buyer,
                                    match_key, created_at)
                select gen_random_uuid(), 100000 + n, 'main', '\\x00', 'CONFIRMED', 'PAID', 5000, 'EUR',
                       jsonb_build_object('email', 'buyer-' || n % 30000 || '@example.org'),
                       sha256((n % 30000)::text::bytea), clock_timestamp() - n * interval '4 minutes'
                  from generate_series(1, 100000) n
                returning order_id, order_number
            )
            insert into order_item (item_id, order_id, performance_id, place_no, price_type, amount)
            select gen_random_uuid(), order_id, performance_id, 100000 + order_number % 1000, 'full', 5000
              from new_order, performance
            """;

    /** Of 300 guests everything came back, of others now and then something. */
    private static final String REFUNDS = """
            insert into refund (order_id, amount, currency, reason, state, cause, requested_by, created_at)
            select order_id, 5000, 'EUR', 'BUYER_REQUEST', 'BY_HAND', 'test:' || order_id, 'buyer', created_at
              from orders where (order_number - 100000) % 30000 < 300 or order_number % 200 = 7
            """;

    private static final String RULES =
            "\"rules\": {\"windowSeconds\": 31536000, \"minFacts\": 3, \"minPurchases\": 5, \"minSharePercent\": 50}";

    @BeforeAll
    static void fillTheTables() throws SQLException {
        Awaited.of(Hall.open(DATABASE.client(), 1, 1000));
        try (var connection = DriverManager.getConnection(DATABASE.jdbcUrl(), DATABASE.user(), null);
                var statement = connection.createStatement()) {
            statement.execute(ORDERS);
            statement.execute(REFUNDS);
            statement.execute("vacuum analyze orders, order_item, refund");
        }
    }

    @Test
    void listStartsFromTheFactsAndReadsNoOtherOrders() throws SQLException {
        var plans = Plans.of(DATABASE, "select suggestion_candidates('{%s, \"limit\": 20}')".formatted(RULES));

        assertThat(plans)
                .contains("orders_pkey", "orders_guest_idx")
                .doesNotContain("Seq Scan on orders")
                .doesNotContain("Seq Scan on order_item");
    }

    @Test
    void onePersonsFactsAreFoundByThatPersonsOrders() throws SQLException {
        var plans = Plans.of(DATABASE, """
                select find_suggestion(jsonb_build_object('suggestionId', guest_id(match_key)) || '{%s}'::jsonb)
                  from (select match_key from orders where order_number = 100017) buyer
                """.formatted(RULES));

        assertThat(plans)
                .contains("orders_guest_idx")
                .doesNotContain("Seq Scan on orders")
                .doesNotContain("Seq Scan on order_item")
                .doesNotContain("Seq Scan on refund");
    }
}
