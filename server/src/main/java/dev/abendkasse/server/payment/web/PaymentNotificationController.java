package dev.abendkasse.server.payment.web;

import dev.abendkasse.api.PaymentNotificationsApi;
import dev.abendkasse.api.model.PaymentNotification;
import dev.abendkasse.api.model.PaymentNotificationReceipt;
import dev.abendkasse.server.payment.Notification;
import dev.abendkasse.server.payment.NotificationService;
import dev.abendkasse.server.payment.stripe.StripeEvents;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.standardwebhooks.SignedMessage;
import dev.abendkasse.server.web.RawBody;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Where the payment provider tells what became of payments. */
@RestController
class PaymentNotificationController implements PaymentNotificationsApi {

    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_STRIPE_BYTES = 256 * 1024;
    private static final String SIGNATURE = "Webhook-Signature";
    private static final String STRIPE_SIGNATURE = "Stripe-Signature";

    private final NotificationService notifications;
    private final NotificationMapper mapper;
    private final ObjectProvider<StripeEvents> stripe;

    PaymentNotificationController(
            NotificationService notifications, NotificationMapper mapper, ObjectProvider<StripeEvents> stripe) {
        this.notifications = notifications;
        this.mapper = mapper;
        this.stripe = stripe;
    }

    /** The body is read here and not by the framework, because the signature is over every byte of it. */
    @Override
    public Mono<ResponseEntity<PaymentNotificationReceipt>> receivePaymentNotification(
            String provider,
            String webhookId,
            String webhookTimestamp,
            Mono<PaymentNotification> body,
            ServerWebExchange exchange) {
        var signature = header(SIGNATURE, exchange);
        return rawBody(exchange, MAX_BYTES)
                .map(raw -> new SignedMessage(webhookId, webhookTimestamp, signature, raw))
                .flatMap(message -> notifications.verified(provider, message))
                .map(verified -> mapper.toNotification(provider, verified))
                .flatMap(this::receive);
    }

    /** Not there where somebody else takes the payments. */
    @Override
    public Mono<ResponseEntity<PaymentNotificationReceipt>> receiveStripeEvent(
            Mono<JsonNode> body, ServerWebExchange exchange) {
        var events = stripe.getIfAvailable();
        return events == null
                ? Mono.error(() -> new ProblemException(ProblemType.NOT_FOUND))
                : rawBody(exchange, MAX_STRIPE_BYTES)
                        .flatMap(raw -> events.receive(header(STRIPE_SIGNATURE, exchange), raw))
                        .map(event -> ResponseEntity.ok(new PaymentNotificationReceipt(event)));
    }

    private Mono<ResponseEntity<PaymentNotificationReceipt>> receive(Notification notification) {
        return notifications
                .receive(notification)
                .thenReturn(ResponseEntity.ok(new PaymentNotificationReceipt(notification.eventId())));
    }

    private static String header(String name, ServerWebExchange exchange) {
        return Objects.requireNonNullElse(exchange.getRequest().getHeaders().getFirst(name), "");
    }

    private static Mono<String> rawBody(ServerWebExchange exchange, int maxBytes) {
        return RawBody.of(exchange, maxBytes).map(raw -> new String(raw, StandardCharsets.UTF_8));
    }
}
