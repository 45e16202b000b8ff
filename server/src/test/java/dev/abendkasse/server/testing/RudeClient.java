package dev.abendkasse.server.testing;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A client that does not wait for its answer. */
public final class RudeClient {

    /** When it hangs up. */
    public enum Manner {
        WHILE_SENDING,
        AFTER_SENDING,
        BY_CANCELLING,
        NOT_AT_ALL;

        /** Each in turn. */
        public static Manner of(int number) {
            return values()[number % values().length];
        }
    }

    /** @param path from the root */
    public record Post(String path, Map<String, String> headers, String body) {}

    private static final int LONGEST_PAUSE_MILLIS = 60;

    private final URI server;
    private final HttpClient http = HttpClient.newHttpClient();

    public RudeClient(URI server) {
        this.server = server;
    }

    /** Completes when the client is gone; the server may still be at work. */
    public Mono<Void> send(Post post, Manner manner) {
        return switch (manner) {
            case WHILE_SENDING -> hangUpAfter(half(bytes(post)));
            case AFTER_SENDING -> hangUpAfter(bytes(post));
            case BY_CANCELLING -> cancel(post);
            case NOT_AT_ALL -> Mono.fromFuture(() -> start(post)).then();
        };
    }

    /** Cancelling it hangs up. */
    public CompletableFuture<?> start(Post post) {
        return http.sendAsync(request(post), BodyHandlers.discarding());
    }

    private Mono<Void> cancel(Post post) {
        return Mono.defer(() -> {
            var answer = start(post);
            return pause().doFinally(_ -> answer.cancel(true)).then();
        });
    }

    private Mono<Void> hangUpAfter(byte[] bytes) {
        return Mono.using(() -> sent(bytes), _ -> pause().then(), RudeClient::hangUp)
                .subscribeOn(Schedulers.boundedElastic());
    }

    private Socket sent(byte[] bytes) throws IOException {
        var socket = new Socket(server.getHost(), server.getPort());
        // Half of the connections are torn down, half are closed in good order.
        socket.setSoLinger(ThreadLocalRandom.current().nextBoolean(), 0);
        socket.getOutputStream().write(bytes);
        return socket;
    }

    private static void hangUp(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Mono<Long> pause() {
        return Mono.delay(Duration.ofMillis(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS)));
    }

    private HttpRequest request(Post post) {
        var request = HttpRequest.newBuilder(server.resolve(post.path()))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(post.body()));
        post.headers().forEach(request::header);
        return request.build();
    }

    private byte[] bytes(Post post) {
        var headers = post.headers().entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                .collect(Collectors.joining());
        return """
                POST %s HTTP/1.1\r
                Host: %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                %s\r
                %s""".formatted(post.path(), server.getAuthority(), post.body().length(), headers, post.body())
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Ends somewhere between the first line and the last byte but one. */
    private static byte[] half(byte[] whole) {
        return Arrays.copyOf(whole, ThreadLocalRandom.current().nextInt(20, whole.length - 1));
    }
}
