package dev.abendkasse.server.security.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import dev.abendkasse.server.security.IssuerKeys;
import dev.abendkasse.server.security.OidcProperties;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.text.ParseException;
import java.util.Objects;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.util.retry.Retry;
import tools.jackson.databind.JsonNode;

/** Asks over HTTP as OpenID Connect Discovery says. Everything about it is bounded, and no redirect is followed. */
@Component
class HttpIssuerKeys implements IssuerKeys {

    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final int MAX_BYTES = 256 * 1024;

    private final OidcProperties properties;
    private final WebClient http;

    HttpIssuerKeys(WebClient.Builder builder, OidcProperties properties) {
        this.properties = properties;
        this.http = builder.clientConnector(new ReactorClientHttpConnector(client(properties)))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_BYTES))
                .build();
    }

    private static HttpClient client(OidcProperties properties) {
        return HttpClient.create(ConnectionProvider.newConnection())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        properties.timeLimit().toMillis())
                .responseTimeout(properties.timeLimit())
                .followRedirect(false);
    }

    @Override
    public Mono<JWKSet> fetch() {
        var issuer = Objects.requireNonNull(properties.issuerUri());
        return get(discoveryOf(issuer), JsonNode.class)
                .map(document -> addressOfKeys(issuer, document))
                .flatMap(address -> get(address, String.class))
                .map(HttpIssuerKeys::parse)
                .timeout(properties.timeLimit());
    }

    private <T> Mono<T> get(String address, Class<T> type) {
        return http.get()
                .uri(URI.create(address))
                .retrieve()
                .bodyToMono(type)
                .retryWhen(Retry.max(1).filter(WebClientRequestException.class::isInstance));
    }

    private static String discoveryOf(String issuer) {
        return (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer) + DISCOVERY;
    }

    /** Somebody else's document must not say whose tokens are believed. */
    private static String addressOfKeys(String issuer, JsonNode document) {
        var address = document.path("jwks_uri").asString("");
        var isSafe = address.startsWith("https://") || issuer.startsWith("http://");
        if (!issuer.equals(document.path("issuer").asString("")) || !isSafe) {
            throw new IllegalStateException("What " + issuer + " says of itself does not fit");
        }
        return address;
    }

    private static JWKSet parse(String text) {
        try {
            return JWKSet.parse(text);
        } catch (ParseException e) {
            throw new IllegalStateException("The issuer's keys cannot be read", e);
        }
    }
}
