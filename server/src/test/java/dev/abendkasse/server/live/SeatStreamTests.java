package dev.abendkasse.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.SeatEventType;
import dev.abendkasse.sdk.model.SeatState;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.EventReader;
import dev.abendkasse.server.testing.PaidOrder;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.Theatre;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What becomes of the seats is told as it happens, by every replica and whatever becomes of the connection. */
class SeatStreamTests {

    private static final Map<String, Object> QUICK = Map.of(
            "abendkasse.live.heartbeat", "500ms",
            "abendkasse.live.look-every", "500ms",
            "abendkasse.cart.sweep-every", "200ms",
            "abendkasse.order.sweep-every", "200ms");

    private static Theatre first;
    private static Theatre second;

    private Theatre hall;

    @BeforeAll
    static void open() {
        first = Theatre.open(QUICK);
        second = first.replica(QUICK);
    }

    @AfterAll
    static void close() {
        second.close();
        first.close();
    }

    @BeforeEach
    void openAHallOfItsOwn() {
        hall = first.anotherHall(40);
    }

    @Test
    void p11WhatIsHeldOnOneReplicaIsToldByTheOther() throws Exception {
        try (var stream = open(second, Map.of())) {
            var cart = hall.hold(hall.seats("r1-1", "r1-2"));
            assertThat(stream.next().data())
                    .isEqualTo("{\"generalAdmission\":[],\"seats\":[{\"seatId\":\"r1-1\",\"state\":\"HELD\"},"
                            + "{\"seatId\":\"r1-2\",\"state\":\"HELD\"}],\"type\":\"SEATS\"}");

            hall.shop().withCartToken(cart.getCartToken()).carts().abandonCart(cart.getCartId(), null);
            assertThat(stream.next().json().get("seats"))
                    .hasSize(2)
                    .allSatisfy(seat -> assertThat(seat.get("state").asString()).isEqualTo("AVAILABLE"));

            hall.hold(hall.best("ga", 3));
            assertThat(stream.next().json().get("generalAdmission").get(0).toString())
                    .isEqualTo("{\"available\":197,\"capacity\":200,\"category\":\"ga\"}");
        }
    }

    @Test
    void streamIsMeantToBeReadAtOnceAndKeptByNobody() {
        try (var stream = open(first, Map.of())) {
            var headers = stream.response().headers();
            assertThat(headers.firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
            assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
            assertThat(headers.firstValue("X-Accel-Buffering")).hasValue("no");
            assertThat(Integer.parseInt(stream.next(block -> true).retry())).isBetween(2000, 4000);
        }
    }

    @Test
    void seatThatIsSoldIsTold() throws Exception {
        try (var stream = open(second, Map.of())) {
            PaidOrder.of(hall, hall.seats("r1-1"));

            var heard = new SeatPicture();
            while (!heard.places().containsValue("SOLD")) {
                heard.hear(stream.next().json());
            }
            assertThat(heard.places()).isEqualTo(Map.of("r1-1", "SOLD"));
        }
    }

    @Test
    void checkoutThatKeepsTheSeatHeldIsNotSeen() throws Exception {
        try (var stream = open(first, Map.of())) {
            var cart = hall.hold(hall.seats("r1-1"));
            assertThat(stream.next().json().get("seats")).hasSize(1);
            hall.checkOut(cart, PaymentMethod.PAY_LATER);
            hall.hold(hall.seats("r2-2"));

            assertThat(stream.next().json().get("seats").toString())
                    .isEqualTo("[{\"seatId\":\"r2-2\",\"state\":\"HELD\"}]");
        }
    }

    @Test
    void d11HoldThatHasRunOutIsToldFreeOnceItIs() throws Exception {
        var cart = hall.hold(hall.seats("r1-1", "r1-2"));
        var order = ((Outcome.Reserved) hall.checkOut(hall.hold(hall.best("ga", 2)), PaymentMethod.PAY_LATER)).order();
        try (var stream = open(second, Map.of())) {
            runOut(cart.getCartId());
            assertThat(stream.next().json().at("/seats/1/state").asString()).isEqualTo("AVAILABLE");

            runOut(order.getOrderId());
            assertThat(stream.next().json().at("/generalAdmission/0/available").asInt())
                    .isEqualTo(200);
        }
    }

    /** As waiting would: nothing is written on the places when their time is up. */
    private void runOut(UUID holder) {
        var db = hall.db();
        Awaited.of(db.sql("alter table place disable trigger place_live").then());
        hall.letTimePass(holder);
        Awaited.of(db.sql("alter table place enable trigger place_live").then());
    }

    @Test
    void s5ClientThatComesBackToAnotherReplicaHearsWhatItHasMissed() throws Exception {
        String lastId;
        try (var stream = open(first, Map.of())) {
            hall.hold(hall.seats("r1-1"));
            stream.next();
            lastId = stream.lastId();
        }
        hall.hold(hall.seats("r1-2"));
        var given = hall.hold(hall.seats("r1-3"));
        hall.shop().withCartToken(given.getCartToken()).carts().abandonCart(given.getCartId(), null);

        try (var stream = open(second, Map.of("Last-Event-ID", lastId))) {
            var heard = new SeatPicture();
            while (!heard.places().keySet().containsAll(List.of("r1-2", "r1-3"))) {
                heard.hear(stream.next().json());
            }
            // What it has heard already may be told again: its last position can lie before it.
            assertThat(heard.places()).containsAllEntriesOf(Map.of("r1-2", "HELD", "r1-3", "AVAILABLE"));
        }
    }

    @Test
    void s5ReplayTellsOnlyOfItsOwnPerformance() throws Exception {
        var other = first.anotherHall(40);
        String lastId;
        try (var stream = open(first, Map.of())) {
            stream.nextPosition();
            lastId = stream.lastId();
        }
        other.hold(other.seats("r1-1"));
        hall.hold(hall.seats("r2-2"));
        other.hold(other.seats("r3-3"));

        try (var stream = open(second, Map.of("Last-Event-ID", lastId))) {
            var heard = new SeatPicture();
            heard.hear(stream.next().json());
            assertThat(heard.places()).containsOnlyKeys("r2-2");
            hall.hold(hall.seats("r4-4"));
            while (!heard.places().containsKey("r4-4")) {
                heard.hear(stream.next().json());
            }
            assertThat(heard.places()).containsOnlyKeys("r2-2", "r4-4");
        }
    }

    @Test
    void s5ClientThatIsCutOffAgainAndAgainEndsWithThePictureOfTheSeatMap() throws Exception {
        var buying = Flux.range(0, Scale.of(1000))
                .flatMap(
                        _ -> Mono.fromCallable(this::buySomethingOrGiveItBack).subscribeOn(Schedulers.boundedElastic()),
                        4)
                .then()
                .toFuture();
        var lastId = new AtomicReference<String>();
        SeatPicture picture;
        try (var stream = open(first, Map.of())) {
            stream.nextPosition();
            picture = SeatPicture.of(hall.shop().events().listSeats(hall.performance(), null));
            lastId.set(stream.lastId());
        }
        while (!buying.isDone()) {
            var replica = ThreadLocalRandom.current().nextBoolean() ? first : second;
            try (var stream = open(replica, Map.of("Last-Event-ID", lastId.get()))) {
                hearSome(stream, picture, ThreadLocalRandom.current().nextInt(1, 6));
                lastId.set(stream.lastId());
            }
        }
        buying.join();

        var map = SeatPicture.of(hall.shop().events().listSeats(hall.performance(), null));
        try (var stream = open(second, Map.of("Last-Event-ID", lastId.get()))) {
            while (!picture.places().equals(map.places())) {
                hearSome(stream, picture, 1);
            }
        }
    }

    private static void hearSome(EventReader stream, SeatPicture picture, int count) {
        for (int i = 0; i < count; i++) {
            var block = stream.next(any -> !any.data().isEmpty() || !any.id().isEmpty());
            assertThat(block.event()).isNotEqualTo("resync");
            if (!block.data().isEmpty()) {
                picture.hear(block.json());
            }
        }
    }

    private boolean buySomethingOrGiveItBack() {
        var random = ThreadLocalRandom.current();
        try {
            var cart = hall.hold(
                    random.nextBoolean()
                            ? hall.best("ga", random.nextInt(1, 4))
                            : hall.seats("r" + random.nextInt(1, 5) + "-" + random.nextInt(1, 11)));
            var shop = hall.shop().withCartToken(cart.getCartToken());
            if (random.nextInt(10) > 0) {
                shop.carts().abandonCart(cart.getCartId(), null);
            }
            return true;
        } catch (ApiException taken) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "-1", "999999999999999999", "99999999999999999999999999"})
    void s5IdThatMeansNothingHereGivesAResyncAndTheStreamGoesOn(String id) throws Exception {
        try (var stream = open(first, Map.of("Last-Event-ID", id))) {
            var resync = stream.next();
            assertThat(resync.event()).isEqualTo("resync");
            assertThat(resync.data()).isEqualTo("{\"type\":\"RESYNC\"}");
            assertThat(resync.id()).isNotEmpty();

            hall.hold(hall.seats("r1-1"));
            assertThat(stream.next().event()).isEqualTo("seats");
        }
    }

    @Test
    void s5ClientThatWasAwayForTooLongIsToldToLookForItself() throws Exception {
        String lastId;
        try (var stream = open(first, Map.of());
                var other = open(second, Map.of())) {
            stream.nextPosition();
            lastId = stream.lastId();
            hall.hold(hall.seats("r1-1"));
            // A replica that has not read what is forgotten would tell the streams of the next test to look for
            // themselves.
            stream.next();
            other.next();
        }
        Theatre.execute(hall.db(), "select forget_live_events(0, 1000000)");

        try (var stream = open(first, Map.of("Last-Event-ID", lastId))) {
            assertThat(stream.next().event()).isEqualTo("resync");
        }
    }

    @Test
    void s5HeartbeatsMoveThePositionSoThatAQuietStreamNeedNoResync() throws Exception {
        var other = first.anotherHall(10);
        try (var stream = open(first, Map.of())) {
            var start = Long.parseLong(stream.nextPosition().id());
            other.hold(other.seats("r1-1"));

            var beat = stream.next(block -> !block.id().isEmpty() && Long.parseLong(block.id()) > start);

            assertThat(beat.data()).isEmpty();
            assertThat(beat.text()).endsWith("\n:\n");
        }
    }

    @Test
    void s5CommitOfAReplicaThatDiedBeforeItCouldSaySoIsTold() {
        try (var stream = open(first, Map.of())) {
            Theatre.execute(
                    hall.db(),
                    "update place set held_until = 'infinity' where performance_id = '" + hall.performance()
                            + "' and seat_id = 'r1-1'");

            assertThat(stream.next().json().at("/seats/0/state").asString()).isEqualTo("SOLD");
        }
    }

    @Test
    void manySeatsComeInSeveralMessagesAndOnlyTheLastMovesThePosition() {
        hall = first.anotherHall(2500);
        try (var stream = open(first, Map.of())) {
            Theatre.execute(
                    hall.db(),
                    "update place set held_until = 'infinity' where performance_id = '" + hall.performance() + "'");

            var messages = IntStream.range(0, 3).mapToObj(_ -> stream.next()).toList();

            assertThat(messages)
                    .extracting(message -> message.json().get("seats").size())
                    .containsExactly(1000, 1000, 500);
            assertThat(messages).extracting(message -> message.id().isEmpty()).containsExactly(true, true, false);
            assertThat(messages.getLast().json().get("generalAdmission")).hasSize(2);
        }
    }

    @Test
    void wholeStreamIsReadByTheSdk() throws Exception {
        try (var stream = plainShop().live().streamSeats(hall.performance())) {
            hall.hold(hall.seats("r1-1"));

            var event = stream.next().orElseThrow();
            assertThat(event.getType()).isEqualTo(SeatEventType.SEATS);
            assertThat(event.getSeats())
                    .singleElement()
                    .satisfies(seat -> assertThat(seat.getState()).isEqualTo(SeatState.HELD));
        }
    }

    @Test
    void unknownPerformanceIsNotFoundAndSoIsACart() throws Exception {
        var cart = hall.hold(hall.seats("r1-1"));
        for (var id : new UUID[] {UUID.randomUUID(), cart.getCartId()}) {
            first.server()
                    .http()
                    .get()
                    .uri("/v1/performances/{id}/seats/stream", id)
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("performance-not-found");
        }
    }

    private EventReader open(Theatre replica, Map<String, String> headers) {
        return EventReader.open(
                replica.address().resolve("/v1/performances/" + hall.performance() + "/seats/stream"), headers);
    }

    /** Streams cannot be checked whole. */
    private AbendkasseClient plainShop() {
        return AbendkasseClient.at(second.address()).build();
    }
}
