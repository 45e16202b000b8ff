package dev.abendkasse.server.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.Entrance;
import dev.abendkasse.server.testing.Entrance.Bought;
import dev.abendkasse.server.testing.Theatre;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

/** More people who want their tickets printed than one server can serve. */
class TicketOverloadTests {

    private static final int AT_ONCE = 20;

    @Test
    void p13TicketsBeyondCapacityAreRefusedWithTheTimeToComeBack() throws Exception {
        try (var theatre = Theatre.open(Map.of("abendkasse.document.threads", 1, "abendkasse.document.queue", 1))) {
            var bought = Entrance.of(theatre).buy(theatre.best("ga", 60));

            var answers = download(theatre, bought);

            assertThat(answers.stream().map(one -> one.getStatus().value()).distinct())
                    .containsExactlyInAnyOrder(200, 503);
            assertThat(answers.stream().filter(one -> one.getStatus().is5xxServerError()))
                    .allSatisfy(one -> assertThat(one.getResponseHeaders().getFirst(HttpHeaders.RETRY_AFTER))
                            .matches("[1-9][0-9]*"));
        }
    }

    private static List<EntityExchangeResult<byte[]>> download(Theatre theatre, Bought bought) throws Exception {
        Callable<EntityExchangeResult<byte[]>> call = () -> theatre.server()
                .http()
                .get()
                .uri("/v1/orders/{orderId}/tickets/pdf", bought.orderId())
                .header("Order-Token", bought.token())
                .exchange()
                .expectBody(byte[].class)
                .returnResult();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(Stream.generate(() -> call).limit(AT_ONCE).toList()).stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }
}
