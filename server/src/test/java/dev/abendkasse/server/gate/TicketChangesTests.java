package dev.abendkasse.server.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.abendkasse.sdk.AbendkasseProblem;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.RevocationReason;
import dev.abendkasse.sdk.model.Ticket;
import dev.abendkasse.sdk.model.TicketChange;
import dev.abendkasse.sdk.model.TicketChangePage;
import dev.abendkasse.sdk.model.TicketState;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Entrance;
import dev.abendkasse.server.testing.Entrance.Bought;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.Theatre;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a gate without a network knows: every change, whenever it was committed. */
class TicketChangesTests {

    private static Theatre house;

    private Theatre theatre;
    private Entrance entrance;

    @BeforeAll
    static void openTheHouse() {
        house = Theatre.open();
    }

    @AfterAll
    static void closeTheHouse() {
        house.close();
    }

    @BeforeEach
    void openAHall() {
        theatre = house.anotherHall(20);
        entrance = Entrance.of(theatre);
    }

    @Test
    void itBeginsWithAllTicketsAndGoesOnWithWhatChanges() throws ApiException {
        var bought = entrance.buy("r1-1", "r1-2");
        var tickets = entrance.tickets(bought);

        var all = changes(null);
        assertThat(all.getItems())
                .extracting(TicketChange::getTicketId)
                .containsExactlyInAnyOrder(
                        tickets.getFirst().getTicketId(), tickets.getLast().getTicketId());
        assertThat(all.getItems()).allSatisfy(change -> {
            assertThat(change.getState()).isEqualTo(TicketState.VALID);
            assertThat(change.getSeat()).isNotNull();
            assertThat(change.getPriceTypeName()).isEqualTo("Normal");
        });
        assertThat(changes(all.getNextCursor()).getItems()).isEmpty();

        entrance.checkIn(tickets.getFirst().getCode());
        var admitted = changes(all.getNextCursor());
        assertThat(admitted.getItems()).hasSize(1);
        assertThat(admitted.getItems().getFirst().getState()).isEqualTo(TicketState.ADMITTED);
        assertThat(admitted.getItems().getFirst().getGate()).isEqualTo(Entrance.MAIN);

        entrance.revoke(bought, "DISPUTED");
        var revoked = changes(admitted.getNextCursor());
        assertThat(revoked.getItems()).hasSize(2).allSatisfy(change -> {
            assertThat(change.getState()).isEqualTo(TicketState.REVOKED);
            assertThat(change.getRevokedReason()).isEqualTo(RevocationReason.DISPUTED);
        });

        Theatre.execute(theatre.db(), "select restore_tickets('" + bought.orderId() + "')");
        assertThat(changes(revoked.getNextCursor()).getItems())
                .extracting(TicketChange::getState)
                .containsExactlyInAnyOrder(TicketState.ADMITTED, TicketState.VALID);
    }

    @Test
    void pagesGoOnUntilThereIsNoMore() throws ApiException {
        entrance.buy(theatre.best("ga", 25));

        var seen = new HashMap<UUID, TicketState>();
        String cursor = null;
        var pages = 0;
        TicketChangePage page;
        do {
            page = entrance.gate().listTicketChanges(theatre.performance(), cursor, 10);
            page.getItems().forEach(change -> seen.put(change.getTicketId(), change.getState()));
            cursor = page.getNextCursor();
            pages++;
        } while (page.getMore());

        assertThat(seen).hasSize(25);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void otherPerformancesTicketsAreNotAmongThem() throws ApiException {
        var other = theatre.anotherHall(10);
        entrance.buy("r1-1");

        assertThat(entrance.gate()
                        .listTicketChanges(other.performance(), null, null)
                        .getItems())
                .isEmpty();
    }

    @Test
    void unknownPerformanceAndStrangeCursorAreRefused() {
        var gate = entrance.gate();

        assertThat(problem(() -> gate.listTicketChanges(UUID.randomUUID(), null, null)))
                .isEqualTo("performance-not-found");
        for (var cursor : List.of("x", "LTE", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "MS4w")) {
            assertThat(problem(() -> gate.listTicketChanges(theatre.performance(), cursor, null)))
                    .isEqualTo("invalid-request");
        }
    }

    @Test
    void changeThatIsCommittedLateIsNotPassedOver() throws Exception {
        var early = entrance.buy("r1-1");
        var late = entrance.buy("r1-2");
        var cursor = changes(null).getNextCursor();
        try (var open = transaction()) {
            revoke(open, late);
            entrance.revoke(early, "CANCELLED");

            var meanwhile = changes(cursor);
            assertThat(ids(meanwhile)).containsExactly(ticketOf(early));

            open.commit();
            assertThat(ids(changes(meanwhile.getNextCursor()))).containsExactly(ticketOf(late));
        }
    }

    @Test
    void changeOfATicketThatIsBeingChangedAgainIsNotPassedOver() throws Exception {
        var bought = entrance.buy("r1-1");
        var cursor = changes(null).getNextCursor();
        entrance.revoke(bought, "DISPUTED");
        try (var open = transaction()) {
            execute(open, "select restore_tickets('" + bought.orderId() + "')");
            var meanwhile = changes(cursor);

            open.rollback();

            var after = changes(meanwhile.getNextCursor());
            assertThat(List.of(meanwhile, after))
                    .flatExtracting(TicketChangePage::getItems)
                    .extracting(TicketChange::getState)
                    .containsExactly(TicketState.REVOKED);
        }
    }

    @Test
    void readersDoNotWaitForThoseWhoChangeTickets() throws Exception {
        var bought = entrance.buy("r1-1");
        try (var open = transaction()) {
            revoke(open, bought);

            assertThat(changes(null).getMore()).isFalse();
            open.rollback();
        }
    }

    /** However commits and reads fall: whoever follows the changes knows what is in the table. */
    @Test
    void gatesThatFollowTheChangesKnowEveryTicketsState() throws Exception {
        entrance.buy(theatre.best("ga", 60));
        var tickets = entrance.tickets(entrance.buy(theatre.best("ga", 40)));
        var running = new AtomicInteger(6);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = IntStream.range(0, running.get())
                    .mapToObj(seed -> threads.submit(() -> writeAtRandom(seed, running)))
                    .toList();
            var gates = IntStream.range(0, 3)
                    .mapToObj(_ -> threads.submit(() -> follow(running)))
                    .toList();
            for (var writer : writers) {
                writer.get();
            }
            for (var gate : gates) {
                assertThat(gate.get()).isEqualTo(table());
            }
        }
        assertThat(tickets).hasSize(40);
    }

    private Object writeAtRandom(int seed, AtomicInteger running) throws SQLException {
        var random = new Random(seed);
        try (var connection = transaction()) {
            for (int i = 0; i < Scale.of(400); i++) {
                for (int change = 0; change <= random.nextInt(3); change++) {
                    execute(connection, """
                            update ticket set changed = null,
                                   revoked_at = case when revoked_at is null then clock_timestamp() end,
                                   revoked_reason = case when revoked_at is null then 'DISPUTED' end
                             where ticket_id = (select ticket_id from ticket where performance_id = '%s'
                                                 order by random() limit 1 for update skip locked)
                            """.formatted(theatre.performance()));
                }
                if (random.nextInt(5) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
            }
            return seed;
        } finally {
            running.decrementAndGet();
        }
    }

    private Map<UUID, TicketState> follow(AtomicInteger running) throws ApiException {
        var known = new HashMap<UUID, TicketState>();
        String cursor = null;
        boolean last;
        TicketChangePage page;
        do {
            last = running.get() == 0;
            page = entrance.gate().listTicketChanges(theatre.performance(), cursor, 30);
            page.getItems().forEach(change -> known.put(change.getTicketId(), change.getState()));
            cursor = page.getNextCursor();
        } while (!last || page.getMore());
        return known;
    }

    private Map<UUID, TicketState> table() {
        return Awaited.of(theatre.db()
                .sql("select ticket_id, ticket_state(ticket) as state from ticket where performance_id = :performance")
                .bind("performance", theatre.performance())
                .map(row -> Map.entry(
                        row.get("ticket_id", UUID.class), TicketState.fromValue(row.get("state", String.class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private TicketChangePage changes(String cursor) throws ApiException {
        return entrance.gate().listTicketChanges(theatre.performance(), cursor, null);
    }

    private static List<UUID> ids(TicketChangePage page) {
        return page.getItems().stream().map(TicketChange::getTicketId).toList();
    }

    private UUID ticketOf(Bought bought) throws ApiException {
        return entrance.tickets(bought).stream()
                .map(Ticket::getTicketId)
                .findFirst()
                .orElseThrow();
    }

    private Connection transaction() throws SQLException {
        var connection = DriverManager.getConnection(theatre.database().jdbcUrl(), "postgres", "");
        connection.setAutoCommit(false);
        return connection;
    }

    private static void revoke(Connection connection, Bought bought) throws SQLException {
        execute(connection, "select revoke_tickets('" + bought.orderId() + "', 'CANCELLED')");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String problem(Callable<?> call) {
        var failure = catchThrowableOfType(ApiException.class, call::call);
        return AbendkasseProblem.from(failure).orElseThrow().getCode();
    }
}
