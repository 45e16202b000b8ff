package dev.abendkasse.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.abendkasse.server.testing.EventReader;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.Theatre;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams cannot be used to make the server grow, or to keep it from ending. */
class StreamLimitsTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SEATS = 1000;

    private static Theatre theatre;

    @BeforeAll
    static void open() {
        theatre = Theatre.open(TestDatabase.fresh(), SEATS, Map.of());
    }

    @AfterAll
    static void close() {
        theatre.close();
    }

    @Test
    void p13MoreStreamsThanAnAddressMayHaveAreRefusedUntilOneEnds() {
        try (var replica = theatre.replica(Map.of("abendkasse.live.most-per-address", "2"))) {
            var open = List.of(stream(replica), stream(replica));
            assertRefused(replica, 429);

            open.getFirst().close();
            await().atMost(PATIENCE).until(() -> streamsOf(replica) == 1);
            try (var next = stream(replica)) {
                assertThat(next.response().statusCode()).isEqualTo(200);
            }
            open.getLast().close();
        }
    }

    @Test
    void p13MoreStreamsThanAServerMayHaveAreRefused() {
        try (var replica = theatre.replica(Map.of("abendkasse.live.most", "1"));
                var open = stream(replica)) {
            assertThat(open.response().statusCode()).isEqualTo(200);
            assertRefused(replica, 503);
        }
    }

    private static void assertRefused(Theatre replica, int status) {
        try (var refused = stream(replica)) {
            assertThat(refused.response().statusCode()).isEqualTo(status);
            assertThat(refused.response().headers().firstValue("Retry-After")).hasValue("10");
        }
    }

    @Test
    void p13SlowClientIsToldToLookForItselfAndLetGo() throws Exception {
        try (var replica = theatre.replica(HASTY);
                var socket = connect(replica)) {
            var told = fill(replica, socket);

            assertThat(told.filter(line -> line.startsWith("event:")).reduce((_, last) -> last))
                    .hasValue("event:resync");
            await().atMost(PATIENCE).until(() -> streamsOf(replica) == 0);
        }
    }

    @Test
    void p13ClientThatTakesNothingIsLetGo() throws Exception {
        try (var replica = theatre.replica(Map.of(
                        "abendkasse.live.patience", "1s",
                        "abendkasse.live.read-every", "1ms",
                        "abendkasse.live.buffer", "4"));
                var socket = connect(replica)) {
            await().atMost(PATIENCE).until(() -> streamsOf(replica) == 1);
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        changeAllSeats();
                        return streamsOf(replica) == 0;
                    });
            assertThat(socket.isClosed()).isFalse();
        }
    }

    private static final Map<String, Object> HASTY = Map.of(
            "abendkasse.live.read-every", "1ms",
            "abendkasse.live.buffer", "4",
            "abendkasse.live.heartbeat", "1h");

    /** Lets much more happen than fits on the way, and only then reads. */
    private static Stream<String> fill(Theatre replica, Socket socket) throws IOException {
        await().atMost(PATIENCE).until(() -> streamsOf(replica) == 1);
        for (int i = 0; i < 300; i++) {
            changeAllSeats();
        }
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                .lines()
                .takeWhile(line -> !line.equals("0"));
    }

    @Test
    @Timeout(60)
    void serverThatIsStoppedEndsItsStreamsInsteadOfWaitingForThem() {
        var replica = theatre.replica(Map.of());
        var streams = List.of(stream(replica), stream(replica));
        streams.forEach(EventReader::nextPosition);
        var start = System.nanoTime();

        replica.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        streams.forEach(EventReader::awaitEnd);
    }

    private static EventReader stream(Theatre replica) {
        return EventReader.open(replica.address().resolve(path()), Map.of());
    }

    /** A connection on which little can be under way. */
    private static Socket connect(Theatre replica) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("localhost", replica.address().getPort()));
        socket.getOutputStream()
                .write(("GET " + path() + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String path() {
        return "/v1/performances/" + theatre.performance() + "/seats/stream";
    }

    private static void changeAllSeats() {
        Theatre.execute(theatre.db(), """
                update place
                   set held_until = case when held_until = '-infinity' then 'infinity' else '-infinity' end::timestamptz
                 where seat_id is not null
                """);
        Theatre.execute(theatre.db(), "select number_live_events()");
    }

    private static double streamsOf(Theatre replica) {
        return replica.server()
                .bean(MeterRegistry.class)
                .get("abendkasse.live.streams")
                .gauge()
                .value();
    }
}
