package dev.abendkasse.server.newsletter.web;

import dev.abendkasse.api.NewsletterBouncesApi;
import dev.abendkasse.api.model.NewsletterBounce;
import dev.abendkasse.api.model.NewsletterBounceReceipt;
import dev.abendkasse.server.newsletter.Bounces;
import dev.abendkasse.server.standardwebhooks.SignedMessage;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.RawBody;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Where mails that came back are told of. */
@RestController
class NewsletterBounceController implements NewsletterBouncesApi {

    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_REPORT_BYTES = 256 * 1024;

    private final Bounces bounces;
    private final BounceMapper mapper;
    private final Commands commands;

    NewsletterBounceController(Bounces bounces, BounceMapper mapper, Commands commands) {
        this.bounces = bounces;
        this.mapper = mapper;
        this.commands = commands;
    }

    /** The body is read here and not by the framework, because the signature is over every byte of it. */
    @Override
    public Mono<ResponseEntity<NewsletterBounceReceipt>> receiveNewsletterBounce(
            String webhookId, String webhookTimestamp, Mono<NewsletterBounce> body, ServerWebExchange exchange) {
        var signature = header("Webhook-Signature", exchange);
        return RawBody.of(exchange, MAX_BYTES)
                .map(raw -> new String(raw, StandardCharsets.UTF_8))
                .flatMap(raw -> bounces.verified(new SignedMessage(webhookId, webhookTimestamp, signature, raw)))
                .map(verified -> mapper.toBounce(webhookId, verified))
                .flatMap(bounce -> commands.run(bounces.note(bounce)))
                .then(Mono.fromSupplier(NewsletterBounceController::taken));
    }

    @Override
    public Mono<ResponseEntity<NewsletterBounceReceipt>> receiveDeliveryReport(
            Mono<String> body, ServerWebExchange exchange) {
        var secret = header("Report-Secret", exchange);
        return RawBody.of(exchange, MAX_REPORT_BYTES)
                .flatMap(raw -> commands.run(bounces.take(secret, raw)))
                .then(Mono.fromSupplier(NewsletterBounceController::taken));
    }

    private static ResponseEntity<NewsletterBounceReceipt> taken() {
        return ResponseEntity.ok(new NewsletterBounceReceipt(true));
    }

    private static String header(String name, ServerWebExchange exchange) {
        return Objects.requireNonNullElse(exchange.getRequest().getHeaders().getFirst(name), "");
    }
}
