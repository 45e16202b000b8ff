package dev.abendkasse.server.helpdesk.webhook;

import dev.abendkasse.server.helpdesk.HelpDeskChoice;
import dev.abendkasse.server.helpdesk.HelpDeskProperties;
import dev.abendkasse.server.standardwebhooks.SharedSecrets;
import dev.abendkasse.server.standardwebhooks.SignedMessage;
import java.time.Instant;
import java.util.UUID;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/** What the help desk and the server sign for each other. */
@Component
@Conditional(HelpDeskChoice.Webhook.class)
class DeskSignatures {

    private final SharedSecrets secrets;

    DeskSignatures(HelpDeskProperties properties) {
        this.secrets = SharedSecrets.of(properties.secrets(), "abendkasse.help-desk.secrets");
    }

    String sign(UUID id, Instant at, String body) {
        return secrets.sign(id, at, body);
    }

    boolean fit(SignedMessage message) {
        return secrets.fit(message);
    }
}
