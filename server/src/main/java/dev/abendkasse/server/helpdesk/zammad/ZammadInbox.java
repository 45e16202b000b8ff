package dev.abendkasse.server.helpdesk.zammad;

import dev.abendkasse.server.helpdesk.HelpDeskChoice;
import dev.abendkasse.server.helpdesk.HelpDeskMessages;
import dev.abendkasse.server.helpdesk.domain.DeskMessage;
import dev.abendkasse.server.shared.OneLine;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes in what Zammad's webhooks bring (admin-docs.zammad.org, "Webhook"): check, read, keep. */
@Service
@Conditional(HelpDeskChoice.Zammad.class)
public class ZammadInbox {

    private static final Logger LOG = LoggerFactory.getLogger(ZammadInbox.class);

    /** What Zammad itself writes, such as that a mail could not be sent. */
    private static final String SYSTEM = "System";

    /** Not as strict as ours: what people paste into a mail is no reason to lose it. */
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ZammadSignatures signatures;
    private final HelpDeskMessages messages;

    ZammadInbox(ZammadSignatures signatures, HelpDeskMessages messages) {
        this.signatures = signatures;
        this.messages = messages;
    }

    /**
     * @param body as it came, because the signature is over every byte of it
     * @param delivery what Zammad calls this delivery
     * @return what was taken: the article or, where there is none, the delivery; once it is kept or known to be of no concern
     */
    public Mono<String> receive(String signature, byte[] body, String delivery) {
        if (!signatures.fit(signature, body)) {
            LOG.warn("A message came that the help desk did not sign");
            return Mono.error(() -> new ProblemException(ProblemType.SIGNATURE_INVALID));
        }
        return Mono.fromSupplier(() -> parse(body)).flatMap(told -> receive(told, delivery));
    }

    private Mono<String> receive(JsonNode told, String delivery) {
        return Mono.justOrEmpty(toMessage(told.path("ticket"), told.path("article")))
                .flatMap(message -> messages.keep(message).thenReturn(message.messageId()))
                .defaultIfEmpty(delivery);
    }

    /** Empty when nobody has written anything. */
    private static Optional<DeskMessage> toMessage(JsonNode ticket, JsonNode article) {
        var text = ArticleText.of(
                article.path("body").asString(""), article.path("content_type").asString(""));
        if (!article.path("id").isIntegralNumber()
                || SYSTEM.equals(article.path("sender").asString(""))
                || text.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new DeskMessage(
                ZammadHelpDesk.NAME,
                article.path("id").asString(),
                null,
                ticket.path("id").asString(""),
                null,
                author(article),
                article.path("created_by_id").asString(""),
                text));
    }

    private static String author(JsonNode article) {
        var from = OneLine.of(article.path("from").asString(""));
        return from.isEmpty() ? "Zammad" : from;
    }

    private static JsonNode parse(byte[] body) {
        try {
            var told = JSON.readTree(body);
            if (told.path("ticket").path("id").isIntegralNumber()) {
                return told;
            }
        } catch (JacksonException e) {
            LOG.debug("The message is no JSON", e);
        }
        throw new ProblemException(ProblemType.MALFORMED_REQUEST);
    }
}
