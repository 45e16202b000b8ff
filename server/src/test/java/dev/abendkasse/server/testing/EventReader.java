package dev.abendkasse.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a stream of server-sent events as it comes over the wire. */
public final class EventReader implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Block END = new Block("", "", "", "", "", "");

    /** What stands between two empty lines; fields that are not there are empty. */
    public record Block(String text, String id, String event, String data, String retry, String comment) {

        public JsonNode json() {
            return JSON.readTree(data);
        }
    }

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Block> blocks = new LinkedBlockingQueue<>();
    private final StringBuffer text = new StringBuffer();
    private volatile String lastId = "";

    private EventReader(HttpResponse<InputStream> response) {
        this.response = response;
        Thread.startVirtualThread(this::read);
    }

    /** @param headers what the request carries besides */
    public static EventReader open(URI address, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(address).header("Accept", "text/event-stream");
        headers.forEach(request::header);
        try {
            return new EventReader(HTTP.send(request.build(), BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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

    /** The next block of that kind. */
    public Block next(Predicate<Block> wanted) {
        while (true) {
            var block = poll();
            assertThat(block)
                    .as("a further message after\n%s", text)
                    .isNotNull()
                    .isNotSameAs(END);
            if (!block.id().isEmpty()) {
                lastId = block.id();
            }
            if (wanted.test(block)) {
                return block;
            }
        }
    }

    /** Reads on until the server ends the stream. */
    public void awaitEnd() {
        Block block;
        do {
            block = poll();
            assertThat(block).as("the end of\n%s", text).isNotNull();
        } while (block != END);
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
        try (var body = response.body();
                var lines = new java.io.BufferedReader(new java.io.InputStreamReader(body, StandardCharsets.UTF_8))) {
            var block = new StringBuilder();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                text.append(line).append('\n');
                if (line.isEmpty()) {
                    blocks.add(parse(block.toString()));
                    block.setLength(0);
                } else {
                    block.append(line).append('\n');
                }
            }
        } catch (IOException e) {
            text.append("(cut off)");
        }
        blocks.add(END);
    }

    private static Block parse(String block) {
        return new Block(
                block,
                field(block, "id:"),
                field(block, "event:"),
                field(block, "data:"),
                field(block, "retry:"),
                field(block, ":"));
    }

    private static String field(String block, String name) {
        return block.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()))
                .findFirst()
                .orElse("");
    }

    /** Hangs up. */
    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
