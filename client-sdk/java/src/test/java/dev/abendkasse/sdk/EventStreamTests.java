package dev.abendkasse.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CartEvent;
import dev.abendkasse.sdk.model.CartEventType;
import dev.abendkasse.sdk.model.SeatEventType;
import dev.abendkasse.sdk.model.SeatState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventStreamTests {

    private static final UUID ID = UUID.fromString("0199d1e0-1111-7a11-8b22-0a1b2c3d4e5f");
    private static final Duration NEVER = Duration.ofMinutes(5);

    private final CountDownLatch over = new CountDownLatch(1);

    @Test
    void eventsComeTypedAndInOrder() throws ApiException {
        try (var server = new StubServer(goesOn("""
                        retry: 10

                        id: 7
                        : alive

                        id: 8
                        event: seats
                        data: {"type": "SEATS",
                        data:  "seats": [{"seatId": "große-loge-1", "state": "HELD"}], "generalAdmission": []}

                        event:resync
                        data:{"type":"RESYNC"}

                        """));
                var stream = AbendkasseClient.at(server.url()).build().live().streamSeats(ID)) {
            var first = stream.next().orElseThrow();

            assertThat(first.getType()).isEqualTo(SeatEventType.SEATS);
            assertThat(first.getSeats()).singleElement().satisfies(seat -> {
                assertThat(seat.getSeatId()).isEqualTo("große-loge-1");
                assertThat(seat.getState()).isEqualTo(SeatState.HELD);
            });
            assertThat(stream.next().orElseThrow().getType()).isEqualTo(SeatEventType.RESYNC);
            assertThat(server.requests().get(0).path()).isEqualTo("/v1/performances/" + ID + "/seats/stream");
            over.countDown();
        }
    }

    @Test
    void afterALostConnectionItGoesOnWhereItWas() throws ApiException {
        try (var server = new StubServer(
                        ends("retry: 1\n\nid: 7\n: alive\n\nid: 8\nevent: expiring\ndata: {\"type\": \"EXPIRING\","
                                + " \"expiresAt\": \"2026-11-22T18:30:00Z\"}\n\nid: 9\ndata: {\"half"),
                        StubServer.hangUp(),
                        StubServer.problem(503, "unavailable"),
                        ends("data: {\"type\": \"CLOSED\"}\n\n"));
                var stream = client(server).live().streamCart(ID)) {
            assertThat(stream.next().orElseThrow())
                    .isEqualTo(new CartEvent()
                            .type(CartEventType.EXPIRING)
                            .expiresAt(OffsetDateTime.parse("2026-11-22T18:30:00Z")));
            assertThat(stream.next().orElseThrow().getType()).isEqualTo(CartEventType.CLOSED);

            assertThat(server.requests())
                    .extracting(request -> request.header("Last-Event-ID"))
                    .containsExactly(null, "8", "8", "8");
            assertThat(server.requests())
                    .extracting(request -> request.header("Cart-Token"))
                    .containsOnly("secret");
        }
    }

    @Test
    void nothingComesAfterTheLastEventAndNobodyAsksForMore() throws ApiException {
        try (var server = new StubServer(ends("retry: 1\n\ndata: {\"type\": \"CHECKED_OUT\"}\n\n"));
                var stream = client(server).live().streamCart(ID)) {
            assertThat(stream.next().orElseThrow().getType()).isEqualTo(CartEventType.CHECKED_OUT);
            assertThat(stream.next()).isEmpty();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void whatThisVersionDoesNotKnowIsPassedOver() throws ApiException {
        try (var server = new StubServer(ends("""
                        data: {"type": "SOMETHING_NEW"}

                        event: cart
                        data: {"type": "HIJACKED", "more": 1}

                        """));
                var stream = client(server).live().streamCart(ID)) {
            assertThat(stream.next().orElseThrow().getType()).isEqualTo(CartEventType.HIJACKED);
        }
    }

    @Test
    void aStreamThatIsRefusedIsAProblem() throws ApiException {
        try (var server = new StubServer(
                ends("retry: 1\n\n"), StubServer.problem(404, "cart-not-found"), StubServer.problem(404, "x"))) {
            var live = client(server).live();
            var stream = live.streamCart(ID);

            var later = catchThrowableOfType(ApiException.class, stream::next);
            assertThat(AbendkasseProblem.from(later).orElseThrow().getCode()).isEqualTo("cart-not-found");
            assertThat(catchThrowableOfType(ApiException.class, () -> live.streamCart(ID))
                            .getCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void aConnectionThatFallsSilentIsGivenUp() throws ApiException {
        try (var server = new StubServer(goesOn("retry: 1\n\n"), ends("data: {\"type\": \"CLOSED\"}\n\n"));
                var stream = new EventStream<>(
                        new ClientBuilder<>(server.url(), connection -> connection).build(),
                        "/stream",
                        CartEvent.class,
                        event -> true,
                        Duration.ofMillis(50))) {
            assertThat(stream.next().orElseThrow().getType()).isEqualTo(CartEventType.CLOSED);
            over.countDown();
        }
    }

    @Test
    void whoeverWaitsHearsThatItWasClosed() throws Exception {
        try (var server = new StubServer(goesOn("retry: 60000\n\n"))) {
            var stream = client(server).live().streamCart(ID);
            var next = CompletableFuture.supplyAsync(() -> {
                try {
                    return stream.next();
                } catch (ApiException e) {
                    throw new IllegalStateException(e);
                }
            });

            stream.close();

            assertThat(next.get(10, TimeUnit.SECONDS)).isEmpty();
            over.countDown();
        }
    }

    private static AbendkasseClient client(StubServer server) {
        return AbendkasseClient.at(server.url()).build().withCartToken("secret");
    }

    private static StubServer.Answer ends(String text) {
        return StubServer.send(200, "text/event-stream", text);
    }

    /** Says it and stays on the line until the test is over. */
    private StubServer.Answer goesOn(String text) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            try {
                over.await(NEVER.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }
}
