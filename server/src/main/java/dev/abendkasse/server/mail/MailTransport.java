package dev.abendkasse.server.mail;

import jakarta.mail.internet.MimeMessage;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Takes written mails away. */
public interface MailTransport {

    /**
     * Completes when the mail is somebody else's matter. An error is worth another try unless it is an
     * {@link dev.abendkasse.server.outbox.Undeliverable}; none of them names the recipient.
     */
    Mono<Void> send(UUID id, MimeMessage mail);
}
