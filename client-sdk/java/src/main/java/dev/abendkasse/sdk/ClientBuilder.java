package dev.abendkasse.sdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Settings of a client, each with a default. */
public final class ClientBuilder<C> {

    private final URI baseUrl;
    private final Function<Connection, C> client;
    private final Map<String, String> headers = new HashMap<>();
    private Supplier<@Nullable String> accessToken = () -> null;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration readTimeout = Duration.ofSeconds(20);
    private RetryPolicy retries = RetryPolicy.STANDARD;
    private @Nullable HttpClient http;

    /**
     * @param baseUrl where the API is, without {@code /v1}
     * @param client makes the client from what was set here
     */
    public ClientBuilder(URI baseUrl, Function<Connection, C> client) {
        if (baseUrl.getHost() == null || !baseUrl.getScheme().matches("https?")) {
            throw new IllegalArgumentException("not an http or https address: " + baseUrl);
        }
        this.baseUrl = URI.create(baseUrl.toString().replaceFirst("/+$", ""));
        this.client = client;
    }

    public ClientBuilder<C> accessToken(String token) {
        return accessToken(() -> token);
    }

    /** Asked before each call, from the calling thread; null means without a token. Caching is the supplier's affair. */
    public ClientBuilder<C> accessToken(Supplier<@Nullable String> token) {
        accessToken = token;
        return this;
    }

    /** The language of texts in answers, as in {@code Accept-Language}: {@code de} or {@code en}. */
    public ClientBuilder<C> language(String language) {
        headers.put("Accept-Language", language);
        return this;
    }

    /** How long making a connection may take; 5 seconds unless set. */
    public ClientBuilder<C> connectTimeout(Duration timeout) {
        connectTimeout = timeout;
        return this;
    }

    /** How long one attempt may take until its answer is complete; 20 seconds unless set. */
    public ClientBuilder<C> readTimeout(Duration timeout) {
        readTimeout = timeout;
        return this;
    }

    /** When to give up; {@link RetryPolicy#STANDARD} unless set. */
    public ClientBuilder<C> retries(RetryPolicy policy) {
        retries = policy;
        return this;
    }

    /** What sends the requests, for a proxy or certificates of your own; the connect timeout is then its affair. */
    public ClientBuilder<C> httpClient(HttpClient client) {
        http = client;
        return this;
    }

    public C build() {
        var retrying = new RetryingHttpClient(http == null ? newHttpClient() : http, retries);
        return client.apply(new Connection(baseUrl, retrying, readTimeout, accessToken, headers));
    }

    private HttpClient newHttpClient() {
        return HttpClient.newBuilder().connectTimeout(connectTimeout).build();
    }
}
