package dev.abendkasse.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.catalog.ProgrammeFixture;
import dev.abendkasse.server.demo.store.DemoLockFixture;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class DemoSeederTests {

    private final TestDatabase database = TestDatabase.fresh();

    @Test
    void demonstrationIsSetUpOnceAlsoByTwoReplicasAtATime() {
        Awaited.of(Flux.range(0, 2).flatMap(_ -> seeder().seed(), 2).then());
        Awaited.of(seeder().seed());

        assertThat(count("event")).isEqualTo(4);
        assertThat(count("seating_plan")).isEqualTo(2);
        assertThat(count("performance")).isEqualTo(12);
    }

    @Test
    void everythingIsInTheComingWeeksAndOnSale() {
        Awaited.of(seeder().seed());

        assertThat(count(
                        "performance where starts_at between clock_timestamp() and clock_timestamp() + interval '5 weeks'"
                                + " and clock_timestamp() between sales_start and sales_end"))
                .isEqualTo(12);
        assertThat(count("place where seat_id is not null")).isEqualTo(7 * 648 + 3 * 120);
        assertThat(count("place where seat_id is null")).isEqualTo(2 * 310);
    }

    @Test
    void installationWithAnEventIsLeftAlone() {
        Awaited.of(ProgrammeFixture.on(database).addEvent("Eigenes", ""));

        Awaited.of(seeder().seed());

        assertThat(count("event")).isOne();
    }

    private DemoSeeder seeder() {
        return new DemoSeeder(ProgrammeFixture.on(database), DemoLockFixture.on(database), database.transaction());
    }

    private Long count(String rows) {
        return Awaited.of(database.client()
                .sql("select count(*) from " + rows)
                .mapValue(Long.class)
                .one());
    }
}
