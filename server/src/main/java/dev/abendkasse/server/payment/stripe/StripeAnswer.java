package dev.abendkasse.server.payment.stripe;

import dev.abendkasse.server.payment.ProviderRefused;
import dev.abendkasse.server.payment.ProviderUnavailable;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatusCode;
import tools.jackson.databind.JsonNode;

/**
 * What Stripe answered: nothing in it is taken on trust.
 *
 * @param body missing if it was no JSON
 */
record StripeAnswer(HttpStatusCode status, JsonNode body) {

    private static final Pattern CODE = Pattern.compile("[a-z0-9_]{1,80}");
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;

    /** @throws RuntimeException the failure, if it is one */
    JsonNode accepted() {
        if (!status.is2xxSuccessful()) {
            throw failure();
        }
        return body;
    }

    /** Why Stripe said no, in its word; empty if it gave none. */
    String code() {
        var code = body.path("error").path("code").asString("");
        return CODE.matcher(code).matches() ? code : "";
    }

    /** The state of the payment intent that an error is about. */
    String intentStatus() {
        return body.path("error").path("payment_intent").path("status").asString("");
    }

    /** A key that is not let in, or a key that is in use at the moment, is no fault of the request's: it may work later. */
    RuntimeException failure() {
        return switch (status.value()) {
            case UNAUTHORIZED, FORBIDDEN -> new ProviderUnavailable("Stripe refuses the API key " + this, null);
            case CONFLICT, TOO_MANY_REQUESTS -> new ProviderUnavailable("Stripe answered " + this, null);
            default ->
                status.is4xxClientError()
                        ? new ProviderRefused(status.value(), code(), false)
                        : new ProviderUnavailable("Stripe answered " + this, null);
        };
    }

    @Override
    public String toString() {
        return status.value() + " " + code();
    }
}
