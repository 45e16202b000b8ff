package dev.abendkasse.server.mail.web;

import dev.abendkasse.server.mail.Mail.Attachment;
import dev.abendkasse.server.mail.Mailbox;
import dev.abendkasse.server.mail.MailboxComponent;
import dev.abendkasse.server.mail.OpenedMail;
import dev.abendkasse.server.sandbox.SandboxPage;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import reactor.core.publisher.Mono;

/** Shows the mails that would have been sent: the list, each mail, its HTML by itself, its files, and the whole of it. */
@MailboxComponent
class MailboxPage implements SandboxPage {

    /** A mail's own HTML: its styles, and links that open elsewhere. */
    private static final String FRAMED = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

    private final Mailbox mailbox;
    private final MailboxViews views;

    MailboxPage(Mailbox mailbox, MailboxViews views) {
        this.mailbox = mailbox;
        this.views = views;
    }

    @Override
    public String folder() {
        return "mailbox";
    }

    @Override
    public Mono<View> show(@Nullable String id, @Nullable String part, Locale locale) {
        if (id == null) {
            return mailbox.newest().collectList().map(mails -> views.list(mails, locale));
        }
        return Mono.justOrEmpty(uuid(id)).flatMap(mail -> part == null ? show(mail, locale) : show(mail, part));
    }

    private Mono<View> show(UUID id, Locale locale) {
        return mailbox.open(id).map(mail -> views.mail(id, mail, locale));
    }

    private Mono<View> show(UUID id, String part) {
        return switch (part) {
            case "html" -> mailbox.open(id).map(MailboxPage::framed);
            case "source" -> mailbox.source(id).map(source -> file(id + ".eml", "message/rfc822", source));
            default -> mailbox.open(id).flatMap(mail -> Mono.justOrEmpty(attachment(mail, part)));
        };
    }

    private static View framed(OpenedMail mail) {
        return new Raw(
                "text/html;charset=utf-8",
                mail.html().getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Security-Policy", FRAMED, "X-Frame-Options", "SAMEORIGIN"));
    }

    private static Optional<View> attachment(OpenedMail mail, String number) {
        return IntStream.range(0, mail.attachments().size())
                .filter(index -> String.valueOf(index).equals(number))
                .mapToObj(mail.attachments()::get)
                .findFirst()
                .map(MailboxPage::file);
    }

    private static View file(Attachment attachment) {
        return file(attachment.name(), attachment.contentType(), attachment.content());
    }

    private static View file(String name, String contentType, byte[] content) {
        var disposition = ContentDisposition.attachment()
                .filename(name, StandardCharsets.UTF_8)
                .build();
        return new Raw(
                contentType,
                content,
                Map.of(
                        "Content-Disposition",
                        disposition.toString(),
                        "Content-Security-Policy",
                        "default-src 'none'; sandbox"));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
