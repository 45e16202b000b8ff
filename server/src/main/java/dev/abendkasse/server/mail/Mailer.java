package dev.abendkasse.server.mail;

import java.util.Locale;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Writes mails and has them taken away, off the event loop. */
@Service
public class Mailer {

    private final MimeWriter writer;
    private final MailTransport transport;
    private final Scheduler threads;
    private final MailProperties properties;

    Mailer(MimeWriter writer, MailTransport transport, Scheduler mailThreads, MailProperties properties) {
        this.writer = writer;
        this.transport = transport;
        this.threads = mailThreads;
        this.properties = properties;
    }

    /** How many it is good to send at once. */
    public int atOnce() {
        return properties.atOnce();
    }

    /** What the reader sees of a mail. */
    public record Shown(String subject, String text, String html) {}

    /**
     * A mail as it would be written.
     *
     * @param sender whose name it would come under
     */
    public Mono<Shown> show(Mail.Content content, String sender, Locale language) {
        return Mono.fromCallable(() -> writer.fill(content, sender, language))
                .subscribeOn(threads)
                .map(filled -> new Shown(filled.subject(), filled.text(), filled.html()));
    }

    /** One try; see {@link MailTransport} for what its errors mean. */
    public Mono<Void> send(Mail mail) {
        return Mono.fromCallable(() -> writer.write(mail))
                .subscribeOn(threads)
                .flatMap(written -> transport.send(mail.id(), written));
    }
}
