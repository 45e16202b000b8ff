package dev.abendkasse.sdk;

import dev.abendkasse.sdk.http.ApiException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A stream of events. When the connection is lost, or nothing has come for a minute, it connects again and goes on where it
 * was; what happened meanwhile comes first. One thread reads; any thread may close it.
 */
public final class EventStream<E> implements AutoCloseable {

    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int FIRST_TO_COME_BACK = 500;
    private static final int TOO_MANY = 429;

    private final Connection connection;
    private final String path;
    private final Class<E> type;
    private final Predicate<E> isLast;
    private final Duration silence;
    private final CountDownLatch closed = new CountDownLatch(1);

    private volatile EventLines lines = new EventLines();
    private String lastId = "";
    private Duration retry = Duration.ofSeconds(2);

    EventStream(Connection connection, String path, Class<E> type, Predicate<E> isLast, Duration silence) {
        this.connection = connection;
        this.path = path;
        this.type = type;
        this.isLast = isLast;
        this.silence = silence;
    }

    /**
     * Returns when the stream has begun.
     *
     * @param path of the stream, from {@code /v1} on
     * @param isLast whether nothing comes after an event
     * @throws ApiException if the server does not open it
     */
    public static <E> EventStream<E> open(Connection connection, String path, Class<E> type, Predicate<E> isLast)
            throws ApiException {
        var stream = new EventStream<>(connection, path, type, isLast, SILENCE);
        stream.connect();
        return stream;
    }

    /**
     * Waits for the next event; empty when there are no more, or the stream was closed.
     *
     * @throws ApiException if the server will not have the stream go on, such as when a cart is not there any more
     */
    public Optional<E> next() throws ApiException {
        try {
            while (closed.getCount() > 0) {
                var event = read();
                if (event != null) {
                    closeIfLast(event);
                    return Optional.of(event);
                }
                reconnect();
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(e);
        }
    }

    /** Hangs up; a thread that waits for an event hears of the end. */
    @Override
    public void close() {
        closed.countDown();
        lines.close();
    }

    private void closeIfLast(E event) {
        if (isLast.test(event)) {
            close();
        }
    }

    /** Null at the end of the connection. */
    private @Nullable E read() throws InterruptedException {
        var message = new EventMessage();
        for (var line = lines.next(silence); line != null; line = lines.next(silence)) {
            if (!line.isEmpty()) {
                message.add(line);
                continue;
            }
            lastId = message.id().orElse(lastId);
            retry = message.retry().orElse(retry);
            var event = message.data().map(this::parse).orElse(null);
            if (event != null) {
                return event;
            }
            message = new EventMessage();
        }
        return null;
    }

    /** Null for what this version of the SDK does not know. */
    private @Nullable E parse(String data) {
        try {
            return Connection.JSON.readValue(data, type);
        } catch (JacksonException e) {
            return null;
        }
    }

    private void reconnect() throws ApiException, InterruptedException {
        lines.close();
        var pause = retry;
        while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
            try {
                connect();
                return;
            } catch (ApiException failed) {
                if (!isPassing(failed.getCode())) {
                    throw failed;
                }
                pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
            }
        }
    }

    private static boolean isPassing(int status) {
        return status == 0 || status == TOO_MANY || status >= FIRST_TO_COME_BACK;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void connect() throws ApiException {
        var next = new EventLines();
        answer().subscribe(BodySubscribers.fromLineSubscriber(next, nothing -> null, StandardCharsets.UTF_8, null));
        lines = next;
        if (closed.getCount() == 0) {
            next.close();
        }
    }

    private Flow.Publisher<List<ByteBuffer>> answer() throws ApiException {
        try {
            var response = connection
                    .http()
                    .sendAsync(connection.stream(path, lastId), BodyHandlers.ofPublisher())
                    .get();
            if (response.statusCode() != OK) {
                throw refused(response);
            }
            return response.body();
        } catch (ExecutionException e) {
            throw new ApiException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(e);
        }
    }

    private ApiException refused(HttpResponse<Flow.Publisher<List<ByteBuffer>>> response)
            throws ExecutionException, InterruptedException {
        var body = BodySubscribers.ofString(StandardCharsets.UTF_8);
        response.body().subscribe(body);
        return new ApiException(
                response.statusCode(),
                path + " is answered with " + response.statusCode(),
                response.headers(),
                body.getBody().toCompletableFuture().get());
    }
}
