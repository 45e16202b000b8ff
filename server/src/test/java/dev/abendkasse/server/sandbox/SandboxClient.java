package dev.abendkasse.server.sandbox;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;

/** Everybody who speaks with the sandbox about one payment of 49.50 EUR: the shop, the buyer and testers. */
final class SandboxClient {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Supplier<URI> sandbox;
    private final UUID payment;
    private final String notificationUrl;

    SandboxClient(Supplier<URI> sandbox, UUID payment, String notificationUrl) {
        this.sandbox = sandbox;
        this.payment = payment;
        this.notificationUrl = notificationUrl;
    }

    HttpResponse<String> open(Instant end) throws Exception {
        return send("/payments", "application/json", body(end));
    }

    String body(Instant end) {
        return """
                {"paymentId": "%s", "reference": "100001 <b>", "amount": 4950, "currency": "EUR", "method": "CARD",
                 "returnUrl": "https://shop.example.org/thanks?a=1&b=2", "expiresAt": "%s",
                 "notificationUrl": "%s"}
                """.formatted(payment, end, notificationUrl);
    }

    /** What a button of the payment page does. */
    HttpResponse<String> form(String event) throws Exception {
        return form("/simulate", "event=" + URLEncoder.encode(event, StandardCharsets.UTF_8));
    }

    HttpResponse<String> form(String path, String body) throws Exception {
        return send("/payments/" + payment + path, "application/x-www-form-urlencoded", body);
    }

    HttpResponse<String> json(String path, String body) throws Exception {
        return send("/payments/" + payment + path, "application/json", body);
    }

    HttpResponse<String> send(String path, String contentType, String body) throws Exception {
        return send(path, contentType, body, payment);
    }

    HttpResponse<String> send(String path, String contentType, String body, UUID key) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(sandbox.get() + path))
                .header("Content-Type", contentType)
                .header("Idempotency-Key", key.toString())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> refund(UUID refund, long amount) throws Exception {
        return refund(refund, amount, "EUR");
    }

    HttpResponse<String> refund(UUID refund, long amount, String currency) throws Exception {
        var body = """
                {"refundId": "%s", "reference": "sb-%s", "amount": %d, "currency": "%s"}
                """.formatted(refund, payment, amount, currency);
        return send("/payments/" + payment + "/refunds", "application/json", body, refund);
    }

    /** What a button of the page for testers does. */
    HttpResponse<String> control(String event) throws Exception {
        return json("/control", "{\"event\": \"" + event + "\"}");
    }

    HttpResponse<String> control(String event, UUID refund) throws Exception {
        return json("/control", "{\"event\": \"" + event + "\", \"refund\": \"" + refund + "\"}");
    }

    HttpResponse<String> get(String url, String language) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Accept-Language", language)
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    String page() {
        return sandbox.get() + "/payments/" + payment;
    }

    static Instant in30Minutes() {
        return Instant.now().plus(30, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
    }
}
