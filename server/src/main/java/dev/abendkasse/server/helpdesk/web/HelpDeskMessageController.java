package dev.abendkasse.server.helpdesk.web;

import dev.abendkasse.api.HelpDeskMessagesApi;
import dev.abendkasse.api.model.HelpDeskMessage;
import dev.abendkasse.api.model.HelpDeskReceipt;
import dev.abendkasse.server.helpdesk.HelpDeskMessages;
import dev.abendkasse.server.helpdesk.domain.DeskMessage;
import dev.abendkasse.server.helpdesk.webhook.WebhookInbox;
import dev.abendkasse.server.helpdesk.zammad.ZammadInbox;
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

/** Where the company's help desk tells what was written in tickets. */
@RestController
class HelpDeskMessageController implements HelpDeskMessagesApi {

    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_ZAMMAD_BYTES = 1024 * 1024;

    private final ObjectProvider<WebhookInbox> webhook;
    private final ObjectProvider<ZammadInbox> zammad;
    private final HelpDeskMessages messages;
    private final DeskMessageMapper mapper;

    HelpDeskMessageController(
            ObjectProvider<WebhookInbox> webhook,
            ObjectProvider<ZammadInbox> zammad,
            HelpDeskMessages messages,
            DeskMessageMapper mapper) {
        this.webhook = webhook;
        this.zammad = zammad;
        this.messages = messages;
        this.mapper = mapper;
    }

    /** The body is read here and not by the framework, because the signature is over every byte of it. */
    @Override
    public Mono<ResponseEntity<HelpDeskReceipt>> receiveHelpDeskMessage(
            String helpDesk,
            String webhookId,
            String webhookTimestamp,
            Mono<HelpDeskMessage> body,
            ServerWebExchange exchange) {
        var inbox = webhook.getIfAvailable();
        if (inbox == null || !inbox.hears(helpDesk)) {
            return Mono.error(HelpDeskMessageController::notFound);
        }
        var signature = header("Webhook-Signature", exchange);
        return RawBody.of(exchange, MAX_BYTES)
                .map(raw -> new String(raw, StandardCharsets.UTF_8))
                .flatMap(raw -> inbox.verified(new SignedMessage(webhookId, webhookTimestamp, signature, raw)))
                .map(verified -> mapper.toMessage(helpDesk, verified))
                .flatMap(this::keep);
    }

    @Override
    public Mono<ResponseEntity<HelpDeskReceipt>> receiveZammadMessage(Mono<JsonNode> body, ServerWebExchange exchange) {
        var inbox = zammad.getIfAvailable();
        if (inbox == null) {
            return Mono.error(HelpDeskMessageController::notFound);
        }
        var delivery = header("X-Zammad-Delivery", exchange);
        return RawBody.of(exchange, MAX_ZAMMAD_BYTES)
                .flatMap(raw -> inbox.receive(header("X-Hub-Signature", exchange), raw, delivery))
                .map(HelpDeskMessageController::taken);
    }

    private Mono<ResponseEntity<HelpDeskReceipt>> keep(DeskMessage message) {
        return messages.keep(message)
                .flatMap(kept ->
                        kept ? Mono.just(taken(message.messageId())) : Mono.error(HelpDeskMessageController::notFound));
    }

    /** What has no name was taken all the same. */
    private static ResponseEntity<HelpDeskReceipt> taken(String message) {
        return ResponseEntity.ok(new HelpDeskReceipt(message.isEmpty() ? "-" : message));
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND);
    }

    private static String header(String name, ServerWebExchange exchange) {
        return Objects.requireNonNullElse(exchange.getRequest().getHeaders().getFirst(name), "");
    }
}
