package dev.abendkasse.server.mail;

import dev.abendkasse.server.mail.domain.KeptMail;
import dev.abendkasse.server.mail.store.MailboxStore;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Keeps the newest mails instead of sending them, so that a developer can read them. */
@MailboxComponent
public class Mailbox implements MailTransport {

    private final MailboxStore store;
    private final Scheduler threads;
    private final MailProperties properties;

    Mailbox(MailboxStore store, Scheduler mailThreads, MailProperties properties) {
        this.store = store;
        this.threads = mailThreads;
        this.properties = properties;
    }

    @Override
    public Mono<Void> send(UUID id, MimeMessage mail) {
        return Mono.fromCallable(() -> Written.of(mail))
                .subscribeOn(threads)
                .flatMap(written -> store.keep(id, written.recipient(), written.subject(), written.source()))
                .then(Mono.defer(() -> store.forget(properties.mailboxSize())));
    }

    /** The newest first. */
    public Flux<KeptMail> newest() {
        return store.newest(properties.mailboxSize());
    }

    /** As it would have travelled; empty if it is not there, or not any more. */
    public Mono<byte[]> source(UUID id) {
        return store.source(id);
    }

    public Mono<OpenedMail> open(UUID id) {
        return store.source(id).publishOn(threads).flatMap(source -> Mono.fromCallable(() -> OpenedMail.of(source)));
    }

    /** What the list shows of a mail, and the mail itself. */
    private record Written(String recipient, String subject, byte[] source) {

        static Written of(MimeMessage mail) throws MessagingException, IOException {
            var source = new ByteArrayOutputStream();
            mail.writeTo(source);
            var to = InternetAddress.toUnicodeString(mail.getRecipients(MimeMessage.RecipientType.TO));
            return new Written(to, mail.getSubject(), source.toByteArray());
        }
    }
}
