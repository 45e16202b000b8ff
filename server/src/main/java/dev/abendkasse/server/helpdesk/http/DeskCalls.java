package dev.abendkasse.server.helpdesk.http;

import dev.abendkasse.server.helpdesk.HelpDeskChoice;
import dev.abendkasse.server.helpdesk.HelpDeskProperties;
import dev.abendkasse.server.helpdesk.domain.RetryAfter;
import dev.abendkasse.server.outbox.TryLater;
import dev.abendkasse.server.outbox.Undeliverable;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient.RequestHeadersSpec;
import reactor.core.publisher.Mono;

/** Calls the help desk, and says what follows from what it answers. */
@Component
@Conditional(HelpDeskChoice.Any.class)
public class DeskCalls {

    /** It was understood and is not wanted, however often it is sent. All others can be mended there or in our settings. */
    private static final Set<Integer> NEVER = Set.of(400, 410, 413, 422);

    private static final int NOT_FOUND = 404;

    private final Duration limit;

    DeskCalls(HelpDeskProperties properties) {
        this.limit = properties.timeLimit();
    }

    /** The body as a text, blank when there is none. */
    public Mono<String> send(RequestHeadersSpec<?> request) {
        return limited(request.exchangeToMono(response -> read(response, false)));
    }

    /** As {@link #send}, about something that the help desk has had: if it is not there any more, no further try brings it back. */
    public Mono<String> sendAboutKnown(RequestHeadersSpec<?> request) {
        return limited(request.exchangeToMono(response -> read(response, true)));
    }

    private Mono<String> limited(Mono<String> call) {
        return call.timeout(limit).onErrorMap(DeskCalls::unavailable);
    }

    private static Mono<String> read(ClientResponse response, boolean known) {
        return response.statusCode().is2xxSuccessful()
                ? response.bodyToMono(String.class).defaultIfEmpty("")
                : response.releaseBody().then(Mono.error(() -> refusal(response, known)));
    }

    private static RuntimeException refusal(ClientResponse response, boolean known) {
        var status = response.statusCode().value();
        if (NEVER.contains(status) || known && status == NOT_FOUND) {
            return new Undeliverable("The help desk answered " + status);
        }
        var asked = response.headers().asHttpHeaders().getFirst(HttpHeaders.RETRY_AFTER);
        return TryLater.notBefore("The help desk answered " + status, RetryAfter.of(asked, Instant.now()));
    }

    /** Without the error's own words, which hold the address. */
    private static Throwable unavailable(Throwable error) {
        return switch (error) {
            case Undeliverable refused -> refused;
            case TryLater later -> later;
            case TimeoutException _ -> TryLater.notBefore("The help desk did not answer in time", Duration.ZERO);
            default ->
                TryLater.notBefore(
                        "The help desk cannot be reached (" + error.getClass().getSimpleName() + ")", Duration.ZERO);
        };
    }
}
