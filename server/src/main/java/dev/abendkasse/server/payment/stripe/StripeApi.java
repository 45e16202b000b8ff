package dev.abendkasse.server.payment.stripe;

import com.stripe.net.FormEncoder;
import dev.abendkasse.server.payment.ProviderChoice;
import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Stripe's API: sends forms, reads JSON. Every call is one that may be sent twice; bounding it is for the caller. */
@Component
@Conditional(ProviderChoice.Stripe.class)
class StripeApi {

    private static final String KEY = "Idempotency-Key";

    private final WebClient http;
    private final String base;
    private final JsonMapper json;

    StripeApi(@Qualifier("stripeWebClient") WebClient http, StripeProperties stripe, JsonMapper json) {
        this.http = http;
        this.base = stripe.baseUrl().toString().replaceFirst("/+$", "");
        this.json = json;
    }

    /** Makes something, once per key. */
    Mono<StripeAnswer> make(String path, String key, Map<String, Object> form) {
        return post(path, form, headers -> headers.set(KEY, key));
    }

    /** Does what can be done only once anyway. Without a key: under one, a fault of Stripe's would be repeated for a day. */
    Mono<StripeAnswer> act(String path) {
        return post(path, Map.of(), _ -> {});
    }

    Mono<StripeAnswer> show(String path) {
        return answer(http.get().uri(URI.create(base + path)));
    }

    Mono<StripeAnswer> list(String path, Map<String, Object> query) {
        return answer(http.get().uri(URI.create(base + path + "?" + FormEncoder.createQueryString(query))));
    }

    private Mono<StripeAnswer> post(String path, Map<String, Object> form, Consumer<HttpHeaders> headers) {
        return answer(http.post()
                .uri(URI.create(base + path))
                .headers(headers)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .bodyValue(FormEncoder.createQueryString(form)));
    }

    private Mono<StripeAnswer> answer(WebClient.RequestHeadersSpec<?> request) {
        return request.exchangeToMono(this::read);
    }

    private Mono<StripeAnswer> read(ClientResponse response) {
        return response.bodyToMono(String.class)
                .defaultIfEmpty("")
                .map(body -> new StripeAnswer(response.statusCode(), parse(body)));
    }

    private JsonNode parse(String body) {
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }
}
