package dev.abendkasse.sdk;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import tools.jackson.core.JacksonException;

/** Sends a request again when it failed on the way or the server asks to come back, if that cannot do a thing twice. */
final class RetryingHttpClient extends HttpClient {

    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final Duration FOREVER = Duration.ofDays(1);
    private static final int MOST_DIGITS = 9;

    private final HttpClient http;
    private final RetryPolicy policy;

    RetryingHttpClient(HttpClient http, RetryPolicy policy) {
        this.http = http;
        this.policy = policy;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        var attempts = isRepeatable(request) ? policy.attempts() : 1;
        var end = Instant.now().plus(policy.startWithin());
        for (var attempt = 1; ; attempt++) {
            var pause = policy.pauseAfter(attempt);
            try {
                var response = attempt(request);
                var asked = pauseAskedFor(response);
                if (asked.isEmpty() || attempt == attempts || isOver(end, pause.plus(asked.get()))) {
                    return BufferedResponse.read(response, handler);
                }
                pause = pause.plus(asked.get());
            } catch (IOException failed) {
                if (attempt == attempts || isOver(end, pause)) {
                    throw failed;
                }
            }
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        }
    }

    private static boolean isRepeatable(HttpRequest request) {
        return READS.contains(request.method())
                || request.headers().firstValue("Idempotency-Key").isPresent();
    }

    /** With the whole body, so that the timeout covers it and a connection lost in its middle counts as failed. */
    private HttpResponse<byte[]> attempt(HttpRequest request) throws IOException, InterruptedException {
        var timeout = request.timeout().orElse(FOREVER);
        var response = http.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return response.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no complete answer within " + timeout);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
        } finally {
            response.cancel(true);
        }
    }

    /** Empty if the answer is final. */
    private static Optional<Duration> pauseAskedFor(HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case 429, 503 -> Optional.of(retryAfter(response));
            case 409 -> isStillRunning(response) ? Optional.of(retryAfter(response)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static boolean isStillRunning(HttpResponse<byte[]> response) {
        try {
            var code = Connection.JSON.readTree(response.body()).path("code");
            return code.asString("").equals("request-in-progress");
        } catch (JacksonException e) {
            return false;
        }
    }

    private static Duration retryAfter(HttpResponse<byte[]> response) {
        var text = response.headers().firstValue("Retry-After").orElse("0").trim();
        if (text.matches("[0-9]+")) {
            return Duration.ofSeconds(Long.parseLong(text.substring(0, Math.min(text.length(), MOST_DIGITS))));
        }
        try {
            var instant = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return until(instant).isNegative() ? Duration.ZERO : until(instant);
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }

    private static boolean isOver(Instant end, Duration pause) {
        return pause.compareTo(until(end)) >= 0;
    }

    private static Duration until(Instant end) {
        return Duration.between(Instant.now(), end);
    }

    /** Not repeated: the generated code doesn't use it. */
    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return http.sendAsync(request, handler);
    }

    /** Not repeated: the generated code doesn't use it. */
    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushes) {
        return http.sendAsync(request, handler, pushes);
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return http.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return http.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return http.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return http.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return http.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return http.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return http.authenticator();
    }

    @Override
    public Version version() {
        return http.version();
    }

    @Override
    public Optional<Executor> executor() {
        return http.executor();
    }
}
