package dev.abendkasse.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.live.domain.LiveMessage;
import dev.abendkasse.server.live.domain.PlacesNow;
import dev.abendkasse.server.live.domain.SeatNow;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** What a slow client costs. */
class LiveListenerTests {

    private static final int BUFFER = 10;
    private static final Duration SHORT = Duration.ofMillis(50);

    private final LiveListener listener = new LiveListener(UUID.randomUUID(), BUFFER);

    @Test
    void messagesThatComeBeforeTheyAreAskedForWait() {
        tell(BUFFER);

        StepVerifier.create(listener.messages().take(BUFFER))
                .expectNextSequence(IntStream.rangeClosed(1, BUFFER)
                        .mapToObj(LiveListenerTests::message)
                        .toList())
                .verifyComplete();
    }

    @Test
    void clientThatTakesNothingIsToldOfAResyncAndThatIsTheEnd() {
        StepVerifier.create(listener.messages(), 0)
                .expectSubscription()
                .then(() -> tell(10_000))
                .expectNoEvent(SHORT)
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(message -> message instanceof LiveMessage.Position)
                .expectNextMatches(message -> message instanceof LiveMessage.Resync(var seq) && seq <= 2 * BUFFER)
                .verifyComplete();
    }

    @Test
    void overflowBeforeTheStreamHasBegunIsOneToo() {
        tell(BUFFER + 1);

        StepVerifier.create(listener.messages())
                .expectNext(new LiveMessage.Resync(BUFFER + 1))
                .verifyComplete();
    }

    @Test
    void onlyTheLastOfSeveralMessagesMovesThePosition() {
        var seats = IntStream.range(0, 2 * PlacesNow.MOST_SEATS + 1)
                .mapToObj(number -> new SeatNow("s" + number, SeatNow.State.HELD))
                .toList();

        var messages = new PlacesNow(seats, List.of()).messages(7);

        assertThat(messages)
                .hasSize(3)
                .extracting(message -> ((LiveMessage.Seats) message).seq())
                .containsExactly(null, null, 7L);
        assertThat(messages.stream().flatMap(message -> ((LiveMessage.Seats) message).seats().stream()))
                .containsExactlyElementsOf(seats);
    }

    private void tell(int count) {
        IntStream.rangeClosed(1, count).forEach(seq -> listener.tell(message(seq), seq));
    }

    private static LiveMessage message(int seq) {
        return new LiveMessage.Position(seq);
    }
}
