package dev.abendkasse.server.mail.smtp;

import dev.abendkasse.server.mail.MailTransport;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Hands mails to the mail server. A try that takes too long is broken off. */
public final class SmtpTransport implements MailTransport {

    private final JavaMailSender sender;
    private final JavaMailSender utf8Sender;
    private final Scheduler threads;
    private final Duration timeLimit;

    public SmtpTransport(JavaMailSenderImpl sender, Scheduler threads, Duration timeLimit) {
        this.sender = sender;
        this.utf8Sender = withUtf8Addresses(sender);
        this.threads = threads;
        this.timeLimit = timeLimit;
    }

    @Override
    public Mono<Void> send(UUID id, MimeMessage mail) {
        return Mono.<Void>fromRunnable(() -> handOver(mail))
                .subscribeOn(threads)
                .timeout(timeLimit)
                .onErrorMap(TimeoutException.class, SmtpFailure::of);
    }

    private void handOver(MimeMessage mail) {
        try {
            senderFor(mail).send(mail);
        } catch (MailException e) {
            // Who was broken off has been given up: nobody waits for what it says.
            if (!Thread.currentThread().isInterrupted()) {
                throw SmtpFailure.of(e);
            }
        }
    }

    /** What asks the server for SMTPUTF8 (RFC 6531) reaches only receivers that have it: so only where it is needed. */
    private JavaMailSender senderFor(MimeMessage mail) {
        try {
            var to = mail.getRecipients(MimeMessage.RecipientType.TO)[0].toString();
            return StandardCharsets.US_ASCII.newEncoder().canEncode(to) ? sender : utf8Sender;
        } catch (MessagingException e) {
            throw new IllegalStateException("A mail without a recipient was written", e);
        }
    }

    private static JavaMailSender withUtf8Addresses(JavaMailSenderImpl like) {
        var settings = new Properties();
        settings.putAll(like.getJavaMailProperties());
        settings.setProperty("mail.mime.allowutf8", "true");
        var other = new JavaMailSenderImpl();
        other.setHost(like.getHost());
        other.setPort(like.getPort());
        other.setProtocol(like.getProtocol());
        other.setUsername(like.getUsername());
        other.setPassword(like.getPassword());
        other.setJavaMailProperties(settings);
        return other;
    }
}
