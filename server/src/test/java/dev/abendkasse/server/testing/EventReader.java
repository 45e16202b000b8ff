package dev.abendkasse.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a stream of server-sent events as it comes over the wire, and checks it against the contract. */
public final class EventReader implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CUT_OFF = "(cut off)";
    private static final Block END = new Block("");

    /** What stands between two empty lines; a field that is not there is empty. */
    public record Block(String text) {

        public String id() {
            return field("id:");
        }

        public String event() {
            return field("event:");
        }

        public String data() {
            return field("data:");
        }

        public String retry() {
            return field("retry:");
        }

        public JsonNode json() {
            return JsonMapper.shared().readTree(data());
        }

        private String field(String name) {
            return text.lines()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()))
                    .findFirst()
                    .orElse("");
        }
    }

    private final URI address;
    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Block> blocks = new LinkedBlockingQueue<>();
    private final StringBuffer text = new StringBuffer();
    private String lastId = "";

    private EventReader(URI address, HttpResponse<InputStream> response) {
        this.address = address;
        this.response = response;
    }

    /** @param headers what the request carries besides */
    public static EventReader open(URI address, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(address).header("Accept", "text/event-stream");
        headers.forEach(request::header);
        var reader = new EventReader(address, send(request.build()));
        reader.verify(headers);
        if (reader.isOpen()) {
            Thread.startVirtualThread(reader::read);
        }
        return reader;
    }

    public HttpResponse<InputStream> response() {
        return response;
    }

    /** What a client would send when it comes back. */
    public String lastId() {
        return lastId;
    }

    /** All that has come so far. */
    public String text() {
        return text.toString();
    }

    /** The next event with data; what is in between only moves the position. */
    public Block next() {
        return next(block -> !block.data().isEmpty());
    }

    /** The next position, alone or with an event. */
    public Block nextPosition() {
        return next(block -> !block.id().isEmpty());
    }

    /** The next block of that kind. */
    public Block next(Predicate<Block> wanted) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            // Heartbeats come all the time: they are no reason to wait for ever.
            assertThat(System.nanoTime())
                    .as("a message that is wanted after\n%s", text)
                    .isLessThan(end);
            var block = poll();
            assertThat(block)
                    .as("a further message after\n%s", text)
                    .isNotNull()
                    .isNotSameAs(END);
            verify(block);
            if (!block.id().isEmpty()) {
                lastId = block.id();
            }
            if (wanted.test(block)) {
                return block;
            }
        }
    }

    /** Reads on until the server ends the stream in good order. */
    public EventReader awaitEnd() {
        var end = System.nanoTime() + PATIENCE.toNanos();
        Block block;
        do {
            block = poll();
            assertThat(block).as("the end of\n%s", text).isNotNull();
            assertThat(System.nanoTime()).as("the end of\n%s", text).isLessThan(end);
        } while (block != END);
        assertThat(text).doesNotContain(CUT_OFF);
        return this;
    }

    /** Hangs up. */
    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<InputStream> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Block poll() {
        try {
            return blocks.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            var block = new StringBuilder();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                text.append(line).append('\n');
                if (line.isEmpty()) {
                    blocks.add(new Block(block.toString()));
                    block.setLength(0);
                } else {
                    block.append(line).append('\n');
                }
            }
        } catch (IOException e) {
            text.append(CUT_OFF);
        }
        blocks.add(END);
    }

    private boolean isOpen() {
        return response.statusCode() == 200;
    }

    private void verify(Map<String, String> requested) {
        var sent = new HttpHeaders();
        requested.forEach(sent::add);
        var received = new HttpHeaders();
        response.headers().map().forEach(received::addAll);
        var body = isOpen() ? null : whole(response);
        ContractCheck.verify(new Exchange("GET", address, sent, null, response.statusCode(), received, body));
    }

    private static byte[] whole(HttpResponse<InputStream> response) {
        try {
            return response.body().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void verify(Block block) {
        if (!block.data().isEmpty()) {
            var message = JsonMapper.shared().createObjectNode();
            message.put("event", block.event());
            message.set("data", block.json());
            ContractCheck.verifyMessage(address, block.id().isEmpty() ? message : message.put("id", block.id()));
        }
    }
}
