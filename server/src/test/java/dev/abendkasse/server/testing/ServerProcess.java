package dev.abendkasse.server.testing;

import dev.abendkasse.server.AbendkasseApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A server in a process of its own, which can be killed as {@code kill -9} does, and started again on the same port. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<String> command;
    private final URI address;
    private final Path log;

    private Process process;

    private ServerProcess(List<String> command, URI address, Path log) {
        this.command = command;
        this.address = address;
        this.log = log;
    }

    /**
     * One that is soon up, for those that are killed again and again.
     *
     * @param settings what this server is to do differently
     */
    public static ServerProcess on(TestDatabase database, Map<String, Object> settings) {
        return on(database, settings, List.of("-XX:TieredStopAtLevel=1"));
    }

    /** One that becomes as fast as it can. */
    public static ServerProcess lastingOn(TestDatabase database, Map<String, Object> settings) {
        return on(database, settings, List.of());
    }

    private static ServerProcess on(TestDatabase database, Map<String, Object> settings, List<String> options) {
        int port = freePort();
        var all = new HashMap<String, Object>(settings);
        all.put("server.port", port);
        all.put("server.address", "127.0.0.1");
        all.put("abendkasse.sandbox.enabled", "false");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                AbendkasseApplication.class.getName()));
        command.addAll(List.of(TestServer.arguments(database, all)));
        return new ServerProcess(
                command, URI.create("http://localhost:" + port), Path.of("target", "server-process-" + port + ".log"));
    }

    public URI address() {
        return address;
    }

    public void start() {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Until it answers. */
    public void awaitUp() {
        Awaitility.await("the server, see " + log)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(this::answers);
    }

    /** At once, without a word to it. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private boolean answers() throws InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("The server does not start, see " + log);
        }
        try {
            var answer = HTTP.send(
                    HttpRequest.newBuilder(address.resolve("/v1/events")).build(),
                    HttpResponse.BodyHandlers.discarding());
            return answer.statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
