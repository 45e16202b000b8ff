package dev.abendkasse.server.mail;

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

    /** One try; see {@link MailTransport} for what its errors mean. */
    public Mono<Void> send(Mail mail) {
        return Mono.fromCallable(() -> writer.write(mail))
                .subscribeOn(threads)
                .flatMap(written -> transport.send(mail.id(), written));
    }
}
