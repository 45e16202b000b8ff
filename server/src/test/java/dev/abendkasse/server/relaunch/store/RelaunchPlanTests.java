package dev.abendkasse.server.relaunch.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Plans;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.TestDatabase;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is asked every ten seconds costs nothing when nothing is left, however many customers there are. */
class RelaunchPlanTests {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final int CUSTOMERS = Scale.of(1_000_000) < 1_000_000 ? 20_000 : 1_000_000;

    /** Of the former shop; half of them have been in. A few registered here and have not. */
    private static final String FILL = """
            with people as (
                insert into customer (name, password_hash, first_login_at)
                select 'Example', case when n %% 2 = 0 then '{argon2}' end, case when n %% 2 = 0 then clock_timestamp() end
                  from generate_series(1, %1$d) n
                returning customer_id
            ), legacy as (
                insert into legacy_customer (source, source_id, customer_id) select 'former', customer_id::text, customer_id from people
            )
            insert into customer (name, password_hash) select 'Example', '{argon2}' from generate_series(1, 50)
            """.formatted(CUSTOMERS);

    @BeforeAll
    static void fillTheTables() {
        execute(FILL);
        execute("update migration_end set ends_at = clock_timestamp()");
        execute("vacuum analyze customer, legacy_customer");
    }

    @Test
    void droppingLooksOnlyAtHashesThatAreLeftAndAtEachOnce() throws SQLException {
        var first = Plans.of(DATABASE, "select drop_former_hashes(1000)");
        var next = Plans.of(DATABASE, "select drop_former_hashes(1000)");

        assertThat(first).containsPattern("customer_former_hash_idx on customer .*\\(actual rows=50[. ]");
        assertThat(next)
                .containsPattern("customer_former_hash_idx on customer .*\\(actual rows=0[. ]")
                .doesNotContain("Seq Scan on customer");
    }

    @Test
    void figuresOfTheWrappingReadOnlyTheIndexOfSealedHashes() throws SQLException {
        assertThat(Plans.of(DATABASE, "select password_wrapping()"))
                .contains("Index Only Scan using customer_sealed_idx on customer")
                .doesNotContain("Seq Scan on customer");
    }

    @Test
    void lookForSealedHashesReadsOnlyTheirIndexAndWritesNothing() throws SQLException {
        var plans = Plans.of(
                DATABASE,
                "select * from lease_sealed_hashes('%s', '%s', 50, 60)".formatted(UUID.randomUUID(), new UUID(0, 0)));

        assertThat(plans)
                .contains("customer_sealed_idx on customer")
                .doesNotContain("Seq Scan on customer", "Update on hash_wrapping");
    }

    private static void execute(String sql) {
        Awaited.of(DATABASE.client().sql(sql).then());
    }
}
