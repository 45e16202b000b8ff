package dev.abendkasse.server.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.letters.domain.Letter.CaseState;
import dev.abendkasse.server.letters.domain.LetterFacts;
import dev.abendkasse.server.letters.domain.LetterFacts.ChangeKind;
import dev.abendkasse.server.letters.domain.LetterFacts.Refund;
import dev.abendkasse.server.letters.store.LetterTables;
import dev.abendkasse.server.shared.OrderView.PaymentStatus;
import dev.abendkasse.server.shared.OrderView.State;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.UnpaidOrder;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.json.JsonMapper;

/** What letters speak of is what is in the database when they are written. */
class LetterFactsTests {

    private static final JsonMapper JSON = new JsonMapper();

    private static DatabaseClient db;

    @BeforeAll
    static void openTheDatabase() {
        db = TestDatabase.fresh().client();
    }

    @Test
    void orderIsToldWithItsPlacesAndWhatIsToBePaid() {
        var order = reserved("r1-1", "r1-2");

        var facts = facts(order, "");

        assertThat(facts.order().state()).isEqualTo(State.RESERVED);
        assertThat(facts.order().paymentStatus()).isEqualTo(PaymentStatus.UNPAID);
        assertThat(facts.order().open().amount()).isEqualTo(10_000);
        assertThat(facts.order().payUntil()).isAfter(facts.now());
        assertThat(facts.order().buyer().name()).isEqualTo("Example Buyer");
        assertThat(facts.email()).isEqualTo("buyer@example.org");
        assertThat(facts.sender()).isEqualTo("Abendkasse");
        assertThat(facts.received()).isFalse();
        assertThat(facts.returned()).isFalse();
        assertThat(facts.showings()).singleElement().satisfies(showing -> {
            assertThat(showing.title()).isEqualTo("Faust");
            assertThat(showing.hall()).isEqualTo("Studio");
            assertThat(showing.timeZone()).isEqualTo("Europe/Berlin");
            assertThat(showing.places()).hasSize(2).first().satisfies(place -> {
                assertThat(place.section()).isEqualTo("Parkett");
                assertThat(place.row()).isEqualTo("1");
                assertThat(place.seat()).isEqualTo("1");
                assertThat(place.priceType()).isEqualTo("Normal");
            });
        });
        assertThat(facts.matter()).isNull();
        assertThat(facts.link()).isNull();
        assertThat(facts.refund()).isNull();
        assertThat(facts.change()).isNull();
    }

    @Test
    void orderWhoseTimeIsOverIsToldAsExpiredThoughNothingHasSweptIt() {
        var order = reserved("r1-1");
        execute("update orders set held_until = clock_timestamp() - interval '1 second' where order_id = '" + order
                + "'");

        assertThat(facts(order, "").order().state()).isEqualTo(State.EXPIRED);
    }

    @Test
    void itemsThatWereGivenBackAreNotToldUnlessNothingElseIsLeft() {
        var order = reserved("r1-1", "r1-2");

        execute("update order_item set cancelled_at = clock_timestamp() where (order_id, item_id) in"
                + " (select order_id, item_id from order_item where order_id = '" + order + "' limit 1)");
        assertThat(facts(order, "").showings().getFirst().places()).hasSize(1);
        assertThat(facts(order, "").returned()).isTrue();

        execute("update order_item set cancelled_at = clock_timestamp() where order_id = '" + order + "'");
        assertThat(facts(order, "").showings().getFirst().places()).hasSize(2);
    }

    @Test
    void caseIsTheOneThatIsNamedElseTheLatestThatPeopleDecide() {
        var order = reserved("r1-1");
        execute("insert into case_file (case_number, kind, order_id, state, created_at) values"
                + " ('0000000001', 'CREDIT_LIMIT', '" + order
                + "', 'REJECTED', clock_timestamp() - interval '2 hours'),"
                + " ('0000000002', 'TECHNICAL', '" + order + "', 'APPROVED', clock_timestamp() - interval '1 hour'),"
                + " ('0000000003', 'LATE_PAYMENT', '" + order + "', 'OPEN', clock_timestamp())");

        assertThat(facts(order, "").matter()).isEqualTo(new LetterFacts.Matter("0000000002", CaseState.APPROVED));
        assertThat(facts(order, ", \"caseNumber\": \"0000000001\"").matter())
                .isEqualTo(new LetterFacts.Matter("0000000001", CaseState.REJECTED));
    }

    @Test
    void linkIsOpenUntilItIsUsedOrItsTimeIsOver() {
        var order = reserved("r1-1");
        var link = UUID.randomUUID();
        execute(
                "insert into payment_link (link_id, order_id, purchase_version, amount, currency, token_hash, expires_at,"
                        + " created_by) values ('" + link + "', '" + order + "', 1, 5000, 'EUR', '" + link
                        + "', clock_timestamp() + interval '1 hour', 'test')");
        var named = ", \"linkId\": \"" + link + "\"";

        assertThat(facts(order, named).link().open()).isTrue();
        assertThat(facts(order, named).link().amount().amount()).isEqualTo(5_000);
        assertThat(facts(reserved("r1-1"), named).link()).as("of another order").isNull();
        execute("update payment_link set expires_at = clock_timestamp() where link_id = '" + link + "'");
        assertThat(facts(order, named).link().open()).isFalse();
        execute("update payment_link set expires_at = clock_timestamp() + interval '1 hour', state = 'VOID',"
                + " ended_at = clock_timestamp() where link_id = '" + link + "'");
        assertThat(facts(order, named).link().open()).isFalse();
    }

    @Test
    void refundIsAllThatGoesBackForOneCause() {
        var order = UnpaidOrder.in(db);
        var refund = UUID.randomUUID();
        execute(
                "insert into refund (refund_id, order_id, payment_id, amount, currency, reason, state, cause, requested_by)"
                        + " values ('" + refund + "', '" + order.orderId() + "', '" + order.paymentId()
                        + "', 2000, 'EUR', 'GOODWILL', 'PENDING', 'request:1', 'test'),"
                        + " (uuidv7(), '" + order.orderId()
                        + "', null, 500, 'EUR', 'GOODWILL', 'BY_HAND', 'request:1', 'test'),"
                        + " (uuidv7(), '" + order.orderId()
                        + "', null, 700, 'EUR', 'GOODWILL', 'BY_HAND', 'request:2', 'test')");

        var both = facts(order.orderId(), ", \"about\": \"request:1\"").refund();

        assertThat(both.amount().amount()).isEqualTo(2_500);
        assertThat(both.byHand()).isTrue();
        assertThat(both.reason()).isEqualTo(Refund.Reason.GOODWILL);
        assertThat(facts(order.orderId(), ", \"refundId\": \"" + refund + "\"").refund())
                .isEqualTo(both);
        assertThat(facts(order.orderId(), ", \"about\": \"request:3\"").refund())
                .isNull();
    }

    @Test
    void changeIsTheLatestUntilThereIsAnother() {
        var performance = Awaited.of(Hall.open(db, 10, 0));
        var order = UnpaidOrder.reserved(db, performance, null, "r1-1").orderId();
        var change = UUID.randomUUID();
        execute(
                "insert into performance_change (change_id, performance_id, kind, starts_before, starts_after, ordered_by,"
                        + " state, ended_at) values ('" + change + "', '" + performance
                        + "', 'POSTPONEMENT', clock_timestamp(),"
                        + " clock_timestamp() + interval '1 day', 'test', 'DONE', clock_timestamp())");
        var named = ", \"changeId\": \"" + change + "\"";

        assertThat(facts(order, named).change().kind()).isEqualTo(ChangeKind.POSTPONEMENT);
        assertThat(facts(order, named).change().title()).isEqualTo("Faust");
        assertThat(facts(order, named).change().concerned()).isTrue();
        assertThat(facts(order, named).change().latest()).isTrue();
        assertThat(facts(reserved("r1-1"), named).change().concerned()).isFalse();
        execute("insert into performance_change (performance_id, kind, starts_before, ordered_by) values ('"
                + performance + "', 'CANCELLATION', clock_timestamp(), 'test')");
        assertThat(facts(order, named).change().latest()).isFalse();
    }

    @Test
    void unknownOrderHasNothingToTell() {
        assertThat(Awaited.of(LetterTables.letters(db)
                        .facts(JSON.readTree("{\"orderId\": \"" + UUID.randomUUID() + "\"}"))
                        .singleOptional()))
                .isEmpty();
    }

    private static UUID reserved(String... seats) {
        return UnpaidOrder.reserved(db, Awaited.of(Hall.open(db, 10, 0)), null, seats)
                .orderId();
    }

    /** @param more further members of what was posted */
    private static LetterFacts facts(UUID order, String more) {
        return Awaited.of(
                LetterTables.letters(db).facts(JSON.readTree("{\"orderId\": \"" + order + "\"" + more + "}")));
    }

    private static void execute(String sql) {
        Awaited.of(db.sql(sql).then());
    }
}
