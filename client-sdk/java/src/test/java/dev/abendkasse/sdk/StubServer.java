package dev.abendkasse.sdk;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Answers as told, the last answer again and again, and remembers what it was asked. */
final class StubServer implements AutoCloseable {

    /** What the server does with one request. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    record Request(String method, String path, Headers headers, String body, long nanos) {
        String header(String name) {
            return headers.getFirst(name);
        }
    }

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final List<Answer> answers;

    StubServer(Answer... answers) {
        this.answers = List.of(answers);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Returns once the first request has come, or after five seconds. */
    void awaitRequest() throws InterruptedException {
        arrived.await(5, TimeUnit.SECONDS);
    }

    private void answer(HttpExchange exchange) throws IOException {
        arrived.countDown();
        Answer answer;
        synchronized (this) {
            answer = answers.get(Math.min(requests.size(), answers.size() - 1));
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    System.nanoTime()));
        }
        try (exchange) {
            answer.to(exchange);
        }
    }

    static Answer json(int status, String body) {
        return send(status, "application/json", body);
    }

    static Answer problem(int status, String code, String... headers) {
        var body = """
                {"type": "/problems/%1$s", "title": "Title", "status": %2$d, "code": "%1$s"}""".formatted(code, status);
        return exchange -> {
            for (var i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            send(status, "application/problem+json", body).to(exchange);
        };
    }

    static Answer send(int status, String type, String body) {
        return exchange -> {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** Takes the request and hangs up. */
    static Answer hangUp() {
        return HttpExchange::close;
    }

    /** Promises more than it sends, then hangs up. */
    static Answer hangUpHalfWay() {
        return stopHalfWay(0);
    }

    /** Promises more than it sends and leaves the connection open for a while. */
    static Answer stopHalfWay(long millis) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            pause(millis);
        };
    }

    static Answer after(long millis, Answer answer) {
        return exchange -> {
            pause(millis);
            answer.to(exchange);
        };
    }

    /** A slow server is what this stands for; no test waits for it without a limit of its own. */
    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
