package dev.abendkasse.server.boxoffice.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.boxoffice.walk.Clerk;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.TestDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

/** The database's commands of the box office, asked for as the server asks for them. */
final class Desk {

    static final String TOKEN_HASH = "0aff";

    private static final AtomicInteger CODES = new AtomicInteger();

    private final DatabaseClient db;
    private final Functions functions;
    private UUID evening;

    private Desk(DatabaseClient db) {
        this.db = db;
        this.functions = new Functions(db);
        this.evening = nextEvening();
    }

    /** In a database of its own, with a partner that may sell everything. */
    static Desk open() {
        var desk = new Desk(TestDatabase.fresh().client());
        desk.run("insert into api_client (client_id, name, secret_hash, scopes, allotted_all)"
                + " values ('agency', 'Agency', '\\x00', '{partner}', true)");
        desk.run("update shop set payment_page_url = 'https://shop.example.org/pay'");
        return desk;
    }

    // What asks the database here waits for it: the threads are the tests' own, and nobody's event loop.

    /** Another hall of ten seats at 50.00 or 30.00 and four places of each general admission. */
    UUID nextEvening() {
        evening = Objects.requireNonNull(Awaited.of(Hall.open(db, 10, 4)));
        return evening;
    }

    UUID evening() {
        return evening;
    }

    /** Members of a command; those that are null are left out. */
    static Map<String, Object> of(@Nullable Object... pairs) {
        var members = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] != null) {
                members.put(Objects.requireNonNull(pairs[i]).toString(), pairs[i + 1]);
            }
        }
        return members;
    }

    JsonNode ask(String function, Map<String, Object> command) {
        return Objects.requireNonNull(Awaited.of(functions.call(function, command)));
    }

    JsonNode ask(Clerk clerk, String function, @Nullable Object... members) {
        var command = of(members);
        command.put("actor", clerk.actor());
        return ask(function, command);
    }

    /** The answer to what must be accepted. */
    JsonNode done(Clerk clerk, String function, @Nullable Object... members) {
        var answer = ask(clerk, function, members);
        assertThat(answer.has("refused")).as(function + " " + answer).isFalse();
        return answer;
    }

    static String refusal(JsonNode answer) {
        return answer.has("refused") ? answer.get("refused").asString() : "done";
    }

    static Idempotency key() {
        return new Idempotency("test", UUID.randomUUID(), "00");
    }

    Map<String, Object> seats(String... seatIds) {
        return of("performanceId", evening, "seatIds", List.of(seatIds));
    }

    Map<String, Object> best(String category, int quantity) {
        return of("performanceId", evening, "category", category, "quantity", quantity);
    }

    static Map<String, Object> euros(long amount) {
        return of("amount", amount, "currency", "EUR");
    }

    /** An order of the clerk's own; its fence is 1. */
    UUID order(Clerk clerk, Map<String, Object> selection, @Nullable Map<String, Object> buyer) {
        var order = UUID.randomUUID();
        done(
                clerk,
                "create_desk_order",
                "orderId",
                order,
                "orderTokenHash",
                TOKEN_HASH,
                "shopId",
                "main",
                "selection",
                selection,
                "buyer",
                buyer);
        return order;
    }

    /** A web cart; its pick-up code is {@link #codeOf}. */
    UUID cart(@Nullable UUID customer, @Nullable Map<String, Object> selection) {
        var cart = UUID.randomUUID();
        var answer = ask(
                "create_cart",
                of(
                        "cartId",
                        cart,
                        "tokenHash",
                        TOKEN_HASH,
                        "pickupCode",
                        freshCode(),
                        "shopId",
                        "main",
                        "customerId",
                        customer,
                        "selection",
                        selection));
        assertThat(refusal(answer)).isEqualTo("done");
        return cart;
    }

    /** Taken over at once; its fence is 1. */
    UUID hijackedCart(Clerk clerk, @Nullable UUID customer, Map<String, Object> selection) {
        var cart = cart(customer, selection);
        var hijack = UUID.randomUUID();
        var order = UUID.randomUUID();
        done(clerk, "create_hijack", "hijackId", hijack, "cartId", cart);
        done(clerk, "confirm_hijack", "hijackId", hijack, "version", 1, "orderId", order, "orderTokenHash", TOKEN_HASH);
        return order;
    }

    /** A reservation of the clerk's, taken over again; its fence is 2. */
    UUID hijackedReservation(Clerk clerk) {
        var order = order(clerk, best("a", 1), of("phone", "+49 30 1"));
        done(clerk, "reserve_at_desk", "orderId", order, "fence", 1, "defaultLimit", 50_000);
        hijack(clerk, order);
        return order;
    }

    void hijack(Clerk clerk, UUID order) {
        var hijack = UUID.randomUUID();
        done(clerk, "create_hijack", "hijackId", hijack, "orderId", order);
        assertThat(refusal(confirm(clerk, hijack, versionOf(order), "asked for it")))
                .isEqualTo("done");
    }

    JsonNode confirm(Clerk clerk, UUID hijack, long version, @Nullable String reason) {
        return ask(
                clerk,
                "confirm_hijack",
                "hijackId",
                hijack,
                "version",
                version,
                "orderId",
                UUID.randomUUID(),
                "orderTokenHash",
                TOKEN_HASH,
                "reason",
                reason);
    }

    JsonNode reserve(Clerk clerk, UUID order, int fence) {
        return ask(clerk, "reserve_at_desk", "orderId", order, "fence", fence, "defaultLimit", 50_000);
    }

    /** In cash, counted out. */
    JsonNode pay(Clerk clerk, UUID order, int fence, long amount) {
        return pay(clerk, order, fence, amount, "CASH", null);
    }

    JsonNode pay(Clerk clerk, UUID order, int fence, long amount, String method, @Nullable String reference) {
        return ask(
                clerk,
                "take_payment",
                "orderId",
                order,
                "fence",
                fence,
                "counterPaymentId",
                UUID.randomUUID(),
                "method",
                method,
                "reference",
                reference,
                "amount",
                euros(amount),
                "caseNumber",
                "9" + freshCode() + "000");
    }

    JsonNode handBack(Clerk clerk, UUID order, int fence) {
        return ask(clerk, "hand_back", "orderId", order, "fence", fence, "pickupCode", freshCode());
    }

    /** The time of every clerk is up. */
    void endLeases() {
        run("update desk set lease_until = clock_timestamp() where lease_until is not null");
        while (ask("end_lease", of("pickupCode", freshCode(), "defaultLimit", 50_000))
                .get("ended")
                .asBoolean()) {
            assertThat(number("select count(*) from desk")).isPositive();
        }
    }

    void block(UUID customer) {
        run("insert into blacklist_entry (customer_id, reason, created_by) values ('" + customer
                + "', 'touts', 'supervisor')");
    }

    /** The time of whatever this cart or order holds is over in a moment. */
    void endSoon(UUID holder) {
        var soon = "clock_timestamp() + interval '1 second' where ";
        run("update cart set expires_at = " + soon + "cart_id = '" + holder + "'");
        run("update orders set held_until = " + soon + "order_id = '" + holder + "'");
        run("update place set held_until = coalesce((select expires_at from cart where cart_id = holder),"
                + " (select orders.held_until from orders where order_id = holder)) where holder = '" + holder + "'");
    }

    /** Asks while somebody has what this locks, until what {@link #endSoon} said is over. */
    JsonNode whileLocked(String lock, Supplier<JsonNode> command) {
        var locked = CompletableFuture.runAsync(() -> run("select pg_sleep(2) from (" + lock + ") locked"));
        // It has what it locks once it sleeps, and not yet when it begins.
        while (number("select count(*) from pg_stat_activity where query like 'select pg_sleep%'"
                        + " and datname = current_database() and wait_event = 'PgSleep'")
                == 0) {
            assertThat(locked).isNotDone();
        }
        var answer = command.get();
        locked.join();
        return answer;
    }

    UUID customer() {
        return UUID.fromString(text("insert into customer (name, password_hash) values ('Example Buyer', 'none')"
                + " returning customer_id::text"));
    }

    static String freshCode() {
        return "%06d".formatted(CODES.incrementAndGet());
    }

    String codeOf(UUID cart) {
        return text("select pickup_code from cart where cart_id = '" + cart + "'");
    }

    long versionOf(UUID order) {
        return number("select version from orders where order_id = '" + order + "'");
    }

    String stateOf(UUID order) {
        return text("select state from orders where order_id = '" + order + "'");
    }

    UUID itemOf(UUID order) {
        return UUID.fromString(text("select item_id::text from order_item where order_id = '" + order
                + "' and cancelled_at is null order by place_no limit 1"));
    }

    long heldBy(UUID holder) {
        return number("select count(*) from place where held_until > clock_timestamp() and holder = '" + holder + "'");
    }

    /** The provider is working on an attempt to pay. */
    void process(UUID order) {
        run(
                "insert into payment (payment_id, order_id, method, amount, currency, state, expires_at) values (gen_random_uuid(), '"
                        + order + "', 'CARD', 5000, 'EUR', 'PROCESSING', clock_timestamp())");
    }

    /** The time of whatever this cart or order holds is over. */
    void letTimePass(UUID holder) {
        var past = "clock_timestamp() - interval '1 second' where ";
        run("update cart set expires_at = " + past + "cart_id = '" + holder + "'");
        run("update orders set held_until = " + past + "order_id = '" + holder + "'");
        run("update place set held_until = " + past + "holder = '" + holder + "'");
    }

    void run(String sql) {
        Awaited.of(db.sql(sql).then());
    }

    String text(String sql) {
        return Objects.requireNonNull(
                Awaited.of(db.sql(sql).mapValue(String.class).one()));
    }

    long number(String sql) {
        return Objects.requireNonNull(
                Awaited.of(db.sql(sql).mapValue(Long.class).one()));
    }
}
