package dev.abendkasse.server.helpdesk.webhook;

import dev.abendkasse.server.helpdesk.HelpDeskChoice;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.standardwebhooks.SignedMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Lets in what the help desk has signed. */
@Service
@Conditional(HelpDeskChoice.Webhook.class)
public class WebhookInbox {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookInbox.class);

    private final DeskSignatures signatures;

    WebhookInbox(DeskSignatures signatures) {
        this.signatures = signatures;
    }

    /** Whether messages for this help desk come in here. */
    public boolean hears(String helpDesk) {
        return helpDesk.equals(WebhookHelpDesk.NAME);
    }

    /** Gives the body of a message that is really from the help desk. */
    public Mono<String> verified(SignedMessage message) {
        if (!signatures.fit(message)) {
            LOG.warn("A message came that the help desk did not sign, or too late");
            return Mono.error(() -> new ProblemException(ProblemType.SIGNATURE_INVALID));
        }
        return Mono.just(message.body());
    }
}
