package dev.abendkasse.server.hotline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.Plans;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.TestDatabase;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However many customers there are, a search reads few of them: a million in {@code -Pfull}. */
class CustomerSearchPlanTests {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final int CUSTOMERS = Scale.of(1_000_000) < 1_000_000 ? 20_000 : 1_000_000;

    /** Half of them have the same name. */
    private static final String FILL = """
            with people as (
                insert into customer (name, phone, password_hash)
                select case when n %% 2 = 0 then 'Example Common' else 'Example Rare ' || md5(n::text) end, '+49 30 ' || 5000000 + n, 'none'
                  from generate_series(1, %1$d) n
                returning customer_id
            ), addresses as (
                insert into customer_email (customer_id, email, canonical, match_key)
                select customer_id, customer_id || '@example.org', customer_id || '@example.org', sha256(customer_id::text::bytea)
                  from people
            )
            insert into customer_user_name (canonical, user_name, customer_id)
            select customer_id::text, customer_id::text, customer_id from people
            """.formatted(CUSTOMERS);

    @BeforeAll
    static void fillTheTable() throws SQLException {
        try (var connection = DriverManager.getConnection(DATABASE.jdbcUrl(), DATABASE.user(), null);
                var statement = connection.createStatement()) {
            statement.execute(FILL);
            statement.execute("vacuum analyze customer, customer_email, customer_user_name, orders");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"matchKey\": \"00\"",
                "\"name\": \"common example\"",
                "\"name\": \"nobody at all\"",
                "\"phone\": \"030 5012345\"",
                "\"userName\": \"old name\"",
                "\"orderNumber\": \"112345\"",
                "\"customerId\": \"0199d1e0-1111-7a11-8b22-0a1b2c3d4e5f\""
            })
    void noSearchReadsAllCustomers(String criterion) throws SQLException {
        var plans = Plans.of(
                DATABASE, "select search_customers('{\"by\": \"clerk\", %s, \"limit\": 21}')".formatted(criterion));

        assertThat(plans)
                .contains("customer")
                .doesNotContain("Seq Scan on customer")
                .doesNotContain("Seq Scan on orders");
    }
}
