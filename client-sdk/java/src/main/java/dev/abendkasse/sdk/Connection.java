package dev.abendkasse.sdk;

import dev.abendkasse.sdk.http.ApiClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/** Where the API is, how requests get there and what each of them carries. Never changes, and is safe to share. */
public final class Connection {

    static final ObjectMapper JSON = ApiClient.createDefaultObjectMapper();

    private final URI baseUrl;
    private final HttpClient http;
    private final Duration readTimeout;
    private final Supplier<@Nullable String> accessToken;
    private final Map<String, String> headers;

    Connection(
            URI baseUrl,
            HttpClient http,
            Duration readTimeout,
            Supplier<@Nullable String> accessToken,
            Map<String, String> headers) {
        this.baseUrl = baseUrl;
        this.http = http;
        this.readTimeout = readTimeout;
        this.accessToken = accessToken;
        this.headers = Map.copyOf(headers);
    }

    /** The same connection, with one more header on each request. */
    public Connection with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new Connection(baseUrl, http, readTimeout, accessToken, more);
    }

    /** What the generated API classes are made with. */
    public ApiClient apiClient() {
        return new ApiClient(HttpClient.newBuilder(), JSON, baseUrl.toString()) {
            @Override
            public HttpClient getHttpClient() {
                return http;
            }
        }.setReadTimeout(readTimeout).setRequestInterceptor(this::addHeaders);
    }

    HttpClient http() {
        return http;
    }

    /** Asks for a stream of events, from after the last one that was received. */
    HttpRequest stream(String path, String lastId) {
        var request = HttpRequest.newBuilder(URI.create(baseUrl + path))
                .timeout(readTimeout)
                .header("Accept", "text/event-stream, application/problem+json");
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        addHeaders(request);
        return request.build();
    }

    private void addHeaders(HttpRequest.Builder request) {
        headers.forEach((name, value) -> addHeader(request, name, value));
        var token = accessToken.get();
        if (token != null) {
            addHeader(request, "Authorization", "Bearer " + token);
        }
    }

    /** A header that was given with the call wins. */
    private static void addHeader(HttpRequest.Builder request, String name, String value) {
        if (request.build().headers().firstValue(name).isEmpty()) {
            request.header(name, value);
        }
    }
}
