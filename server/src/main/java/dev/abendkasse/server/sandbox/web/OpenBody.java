package dev.abendkasse.server.sandbox.web;

import dev.abendkasse.server.sandbox.domain.SandboxPayment;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request to open a payment, nothing in it checked yet. */
record OpenBody(
        @Nullable UUID paymentId,
        @Nullable String reference,
        @Nullable Long amount,
        @Nullable String currency,
        @Nullable String method,
        @Nullable String returnUrl,
        @Nullable Instant expiresAt,
        @Nullable String notificationUrl) {

    private static final Pattern TEXT = Pattern.compile("[^\\p{Cntrl}]{1,100}");
    private static final Pattern METHOD = Pattern.compile("[A-Z_]{1,40}");
    private static final int MAX_URL = 1000;
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    SandboxPayment toPayment() {
        return new SandboxPayment(
                Fields.require("paymentId", paymentId),
                matching("reference", TEXT, reference),
                Fields.positive(amount),
                Fields.currency(currency),
                matching("method", METHOD, method),
                returnUrl == null ? null : url("returnUrl", returnUrl),
                url("notificationUrl", Fields.require("notificationUrl", notificationUrl)),
                sane(Fields.require("expiresAt", expiresAt)));
    }

    private static String matching(String name, Pattern pattern, @Nullable String value) {
        var present = Fields.require(name, value);
        if (!pattern.matcher(present).matches()) {
            throw new Refusal(400, name + " is not valid");
        }
        return present;
    }

    private static Instant sane(Instant expiresAt) {
        if (expiresAt.isBefore(Instant.EPOCH) || expiresAt.isAfter(LATEST)) {
            throw new Refusal(400, "expiresAt is not valid");
        }
        return expiresAt;
    }

    private static String url(String name, String value) {
        try {
            var url = URI.create(value);
            var http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (value.length() <= MAX_URL && http && url.getHost() != null) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            // not a URL at all: falls through to the same refusal
        }
        throw new Refusal(400, name + " is not a web address");
    }
}
