package dev.abendkasse.server;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.RudeClient;
import dev.abendkasse.server.testing.RudeClient.Manner;
import dev.abendkasse.server.testing.RudeClient.Post;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.PoolMetrics;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;

/**
 * Clients hang up at random instants, in great number. What they asked for is done whole or not at all, and nothing of it is
 * left hanging in the server or the database.
 */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("Reads what the process prints and holds on to.")
class SoakTests {

    private static final int CLIENTS = Scale.of(300);
    private static final int AT_ONCE = 32;
    private static final int PLACES_EACH = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String HELD_BY_NOBODY = """
            select count(*) from place
             where held_until > clock_timestamp()
               and not exists (select from cart_item item join cart using (cart_id)
                                where item.performance_id = place.performance_id and item.place_no = place.place_no
                                  and cart.cart_id = place.holder and cart.state = 'OPEN')
               and not exists (select from order_item item join orders using (order_id)
                                where item.performance_id = place.performance_id and item.place_no = place.place_no
                                  and orders.order_id = place.holder
                                  and orders.state in ('AWAITING_PAYMENT', 'CONFIRMED'))
            """;

    private static final String WAITING_FOR_A_LOCK = """
            select count(*) from pg_stat_activity
             where datname = current_database() and wait_event_type = 'Lock' and query like '%checkout_facts%'
            """;

    private static final String CARTS_IN_PART = """
            select count(*) from cart
             where item_count <> (select count(*) from cart_item item where item.cart_id = cart.cart_id)
                or state = 'OPEN'
                   and item_count <> (select count(*) from place
                                       where place.holder = cart.cart_id and place.held_until > clock_timestamp())
            """;

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    private static UUID performance;
    private static TestServer server;
    private static WebTestClient http;
    private static RudeClient rude;

    @BeforeAll
    static void open() {
        performance = Awaited.of(Hall.open(DATABASE.client(), CLIENTS * PLACES_EACH, CLIENTS * PLACES_EACH));
        server = TestServer.on(DATABASE, Map.of("abendkasse.web.carts-per-minute", 1_000_000));
        http = server.http();
        rude = new RudeClient(server.address());
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @AfterEach
    void nothingIsLeftHanging(CapturedOutput log) {
        nothingHoldsAConnectionOrATransaction();
        assertThat(count(HELD_BY_NOBODY)).as("places held by nobody").isZero();
        assertThat(count(CARTS_IN_PART)).as("carts that are there in part").isZero();
        assertThat(log).as("a log that strangers can fill").doesNotContain(" ERROR ", "Decoding failed");
    }

    @Test
    void s1AndS2CartOfAClientThatHangsUpIsThereWholeOrNotAtAll() {
        var posts = IntStream.range(0, CLIENTS).mapToObj(_ -> newCart("ga")).toList();
        var cartsBefore = count("select count(*) from cart");

        hangUp(posts);
        assertThat(answersUnder(cutOff(posts))).as("carts of half a request").isZero();
        var done = answersUnder(posts);
        var carts = posts.stream().map(SoakTests::repeat).toList();

        assertThat(carts)
                .allSatisfy(cart -> assertThat(cart.get("items").size()).isEqualTo(PLACES_EACH));
        assertThat(carts.stream().map(cart -> cart.get("cartId").asString()).distinct())
                .hasSize(CLIENTS);
        assertThat(done).as("some were done, some were not").isBetween(CLIENTS / 4L, CLIENTS * 3 / 4L + 1);
        assertThat(count("select count(*) from cart") - cartsBefore).isEqualTo(CLIENTS);
    }

    @Test
    void s1AndS2CheckoutOfAClientThatHangsUpBuysOnceHoweverOftenItIsRepeated() {
        var carts = IntStream.range(0, CLIENTS)
                .mapToObj(n -> repeat(newCart(n % 2 == 0 ? "free" : "a")))
                .toList();
        var posts = carts.stream().map(SoakTests::checkout).toList();
        var ordersBefore = count("select count(*) from orders");

        hangUp(posts);
        var outcomes = posts.stream().map(SoakTests::repeat).toList();

        assertThat(outcomes)
                .extracting(outcome -> outcome.get("outcome").asString())
                .containsOnly("CONFIRMED", "PAYMENT_REQUIRED");
        assertThat(posts.stream().map(SoakTests::repeat))
                .as("repeated once more")
                .isEqualTo(outcomes);
        assertThat(count("select count(*) from orders") - ordersBefore).isEqualTo(CLIENTS);
        assertThat(count("select count(*) from payment")).isEqualTo(CLIENTS / 2);
        assertThat(count("select count(*) from sandbox_payment"))
                .as("at the provider")
                .isEqualTo(CLIENTS / 2);
    }

    /** The chain of the request is cancelled, the command is not: it waits on for its lock and then buys. */
    @Test
    void s1CheckoutIsCarriedToItsEndAlthoughItsClientIsGone() {
        var cart = repeat(newCart("free"));
        var lock = Sinks.<Boolean>one();
        var locked = DATABASE.client()
                .sql("select from cart where cart_id = :cart for update")
                .bind("cart", UUID.fromString(cart.get("cartId").asString()))
                .then()
                .then(lock.asMono())
                .as(DATABASE.transaction()::transactional)
                .toFuture();

        var answer = rude.start(checkout(cart));
        await().atMost(PATIENCE).until(() -> count(WAITING_FOR_A_LOCK) == 1);
        answer.cancel(true);
        await().during(Duration.ofMillis(300)).until(() -> count(WAITING_FOR_A_LOCK) == 1);
        lock.tryEmitValue(true);
        locked.join();

        await().atMost(PATIENCE)
                .until(() -> count("select count(*) from orders where state = 'CONFIRMED' and cart_id = '"
                                + cart.get("cartId").asString() + "'")
                        == 1);
    }

    private void nothingHoldsAConnectionOrATransaction() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(pool().acquiredSize()).as("connections taken").isZero();
            assertThat(pool().pendingAcquireSize())
                    .as("waiting for a connection")
                    .isZero();
        });
        assertThat(count("""
                        select count(*) from pg_stat_activity
                         where datname = current_database() and state like 'idle in transaction%'
                        """)).as("transactions left open").isZero();
    }

    private static List<Post> cutOff(List<Post> posts) {
        return IntStream.range(0, posts.size())
                .filter(n -> Manner.of(n) == Manner.WHILE_SENDING)
                .mapToObj(posts::get)
                .toList();
    }

    private static long answersUnder(List<Post> posts) {
        var keys = posts.stream()
                .map(post -> "'" + post.headers().get("Idempotency-Key") + "'")
                .collect(joining(","));
        return count("select count(*) from idempotency_key where key in (" + keys + ")");
    }

    private static long count(String query) {
        return Awaited.of(DATABASE.client().sql(query).mapValue(Long.class).one());
    }

    private static PoolMetrics pool() {
        return ((ConnectionPool) server.bean(ConnectionFactory.class))
                .getMetrics()
                .orElseThrow();
    }

    private static void hangUp(List<Post> posts) {
        Awaited.last(Flux.range(0, posts.size()).flatMap(n -> rude.send(posts.get(n), Manner.of(n)), AT_ONCE));
        await().atMost(PATIENCE).until(() -> pool().acquiredSize() == 0 && pool().pendingAcquireSize() == 0);
    }

    /** The same request again, until it is answered. */
    private static JsonNode repeat(Post post) {
        var answer = new AtomicReference<JsonNode>();
        await().atMost(PATIENCE).until(() -> {
            var response = http.post()
                    .uri(post.path())
                    .headers(headers -> post.headers().forEach(headers::set))
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(post.body())
                    .exchange()
                    .expectBody(JsonNode.class)
                    .returnResult();
            answer.set(response.getResponseBody());
            return response.getStatus().is2xxSuccessful();
        });
        return answer.get();
    }

    private static Post newCart(String category) {
        var body = """
                {"items":{"performanceId":"%s","category":"%s","quantity":%d}}""";
        return new Post(
                "/v1/carts",
                Map.of("Idempotency-Key", UUID.randomUUID().toString()),
                body.formatted(performance, category, PLACES_EACH));
    }

    private static Post checkout(JsonNode cart) {
        var method = cart.get("total").get("amount").asLong() == 0 ? "" : "\"paymentMethod\":\"CARD\",";
        return new Post(
                "/v1/carts/" + cart.get("cartId").asString() + "/checkout",
                Map.of(
                        "Idempotency-Key", UUID.randomUUID().toString(),
                        "If-Match", "\"" + cart.get("version").asLong() + "\"",
                        "Cart-Token", cart.get("cartToken").asString()),
                "{" + method + "\"buyer\":{\"name\":\"Example Buyer\",\"email\":\"buyer@example.org\"}}");
    }
}
