package dev.abendkasse.server.helpdesk.webhook;

import com.standardwebhooks.Webhook;
import dev.abendkasse.server.helpdesk.HelpDesk;
import dev.abendkasse.server.helpdesk.HelpDeskChoice;
import dev.abendkasse.server.helpdesk.HelpDeskProperties;
import dev.abendkasse.server.helpdesk.domain.DeskCase.Ticket;
import dev.abendkasse.server.helpdesk.domain.DeskEntry;
import dev.abendkasse.server.helpdesk.domain.DeskText;
import dev.abendkasse.server.helpdesk.domain.Receipt;
import dev.abendkasse.server.helpdesk.http.DeskCalls;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Any help desk that takes signed webhooks (Standard Webhooks). The Webhook-Id is the entry's, the same on every try, by which the help
 * desk knows what it has had.
 */
@Component
@Conditional(HelpDeskChoice.Webhook.class)
class WebhookHelpDesk implements HelpDesk {

    static final String NAME = "webhook";

    private static final int MAX_NAME = 100;
    private static final int MAX_URL = 1000;

    private final WebClient http;
    private final DeskCalls calls;
    private final DeskSignatures signatures;
    private final JsonMapper json;
    private final URI address;

    WebhookHelpDesk(
            @Qualifier("helpDeskHttp") WebClient http,
            DeskCalls calls,
            DeskSignatures signatures,
            JsonMapper json,
            HelpDeskProperties properties) {
        this.http = http;
        this.calls = calls;
        this.signatures = signatures;
        this.json = json;
        this.address = properties.address();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Mono<Receipt> open(DeskEntry entry, DeskText text) {
        return send(entry, text);
    }

    @Override
    public Mono<Receipt> note(DeskEntry entry, DeskText text) {
        return send(entry, text);
    }

    @Override
    public Mono<Receipt> close(DeskEntry entry, DeskText text) {
        return send(entry, text);
    }

    @Override
    public Mono<Receipt> reopen(DeskEntry entry, DeskText text) {
        return send(entry, text);
    }

    private Mono<Receipt> send(DeskEntry entry, DeskText text) {
        var body = json.writeValueAsString(DeskEvent.of(entry, text));
        var now = Instant.now();
        var request = http.post()
                .uri(address)
                .contentType(MediaType.APPLICATION_JSON)
                .header(Webhook.UNBRANDED_MSG_ID_KEY, entry.entryId().toString())
                .header(Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, Long.toString(now.getEpochSecond()))
                .header(Webhook.UNBRANDED_MSG_SIGNATURE_KEY, signatures.sign(entry.entryId(), now, body))
                .bodyValue(body.getBytes(StandardCharsets.UTF_8));
        return calls.send(request).map(this::receipt);
    }

    /** Whoever answers with something else has taken it all the same. */
    private Receipt receipt(String answer) {
        try {
            return ticket(json.readTree(answer))
                    .map(ticket -> new Receipt(ticket, null, null))
                    .orElse(Receipt.PLAIN);
        } catch (JacksonException e) {
            return Receipt.PLAIN;
        }
    }

    private static Optional<Ticket> ticket(JsonNode answer) {
        return Optional.ofNullable(text(answer, "number", MAX_NAME))
                .map(number -> new Ticket(text(answer, "id", MAX_NAME), number, url(answer)));
    }

    private static @Nullable String url(JsonNode answer) {
        var url = text(answer, "url", MAX_URL);
        return url != null && url.matches("https?://[!-~]+") ? url : null;
    }

    private static @Nullable String text(JsonNode answer, String member, int max) {
        var value = answer.path(member);
        var text =
                value.isString() || value.isIntegralNumber() ? value.asString().strip() : "";
        return text.isEmpty() || text.length() > max || text.indexOf(0) >= 0 ? null : text;
    }
}
