package dev.abendkasse.server.live;

import dev.abendkasse.server.testing.EventReader;
import dev.abendkasse.server.testing.Theatre;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What shops see of the seats as it happens. */
class SeatStreamTests {

    private static Theatre theatre;

    @BeforeAll
    static void open() {
        theatre = Theatre.open(Map.of("abendkasse.live.heartbeat", "1s"));
    }

    @AfterAll
    static void close() {
        theatre.close();
    }

    private static EventReader seats() {
        return EventReader.open(
                theatre.address().resolve("/v1/performances/" + theatre.performance() + "/seats/stream"), Map.of());
    }

    @Test
    void holdIsTold() throws Exception {
        try (var stream = seats()) {
            System.out.println(stream.response().headers());
            stream.next(b -> !b.id().isEmpty());
            theatre.hold(theatre.seats("r1-1"));
            var start = System.nanoTime();
            stream.next();
            System.out.println((System.nanoTime() - start) / 1000000);
            var cart = theatre.hold(theatre.best("ga", 2));
            stream.next();
            theatre.shop().withCartToken(cart.getCartToken()).carts().abandonCart(cart.getCartId(), null);
            stream.next();
            stream.next(b -> !b.id().isEmpty());
            stream.next(b -> !b.id().isEmpty());
            System.out.println(stream.text());
        }
    }
}
