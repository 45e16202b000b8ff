package dev.abendkasse.sdk;

import dev.abendkasse.sdk.model.AccessToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gets access tokens from the token endpoint (RFC 6749) and keeps each until shortly before it expires. Give it to {@link
 * ClientBuilder#accessToken(Supplier)}. Safe to share.
 */
public final class AccessTokens implements Supplier<@Nullable String> {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration RENEW_BEFORE_END = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final HttpRequest request;
    private @Nullable String token;
    private Instant renewAt = Instant.MIN;

    private AccessTokens(URI baseUrl, Map<String, String> form) {
        request = HttpRequest.newBuilder(URI.create(baseUrl + "/v1/oauth2/token"))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form)))
                .build();
    }

    /** For a program with credentials of its own. */
    public static AccessTokens clientCredentials(URI baseUrl, String clientId, String clientSecret) {
        return new AccessTokens(
                baseUrl,
                Map.of("grant_type", "client_credentials", "client_id", clientId, "client_secret", clientSecret));
    }

    /** For a member of staff. */
    public static AccessTokens password(URI baseUrl, String userName, String password) {
        return new AccessTokens(baseUrl, Map.of("grant_type", "password", "username", userName, "password", password));
    }

    /**
     * A token that is still good, from the endpoint if need be.
     *
     * @throws IllegalStateException if the endpoint gives none; the message carries its answer
     * @throws UncheckedIOException if it cannot be reached
     */
    @Override
    public synchronized String get() {
        var present = token;
        if (present == null || Instant.now().isAfter(renewAt)) {
            var issued = fetch();
            present = issued.getAccessToken();
            token = present;
            renewAt = Instant.now().plusSeconds(issued.getExpiresIn()).minus(RENEW_BEFORE_END);
        }
        return present;
    }

    private AccessToken fetch() {
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("No access token: " + answer.statusCode() + " " + answer.body());
            }
            return Connection.JSON.readValue(answer.body(), AccessToken.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for an access token", e);
        }
    }

    private static String encoded(Map<String, String> form) {
        return new TreeMap<>(form)
                .entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }
}
