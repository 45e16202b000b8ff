package dev.abendkasse.server.mail;

import dev.abendkasse.server.outbox.Undeliverable;
import dev.abendkasse.server.shared.EmailAddress;
import dev.abendkasse.server.shared.OneLine;
import jakarta.activation.DataHandler;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts a mail into the form in which it travels: text and HTML as alternatives, and the files beside them. */
@Component
class MimeWriter {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final MailTemplates templates;
    private final EmailAddress from;
    private final @Nullable EmailAddress replyTo;

    MimeWriter(MailTemplates templates, MailProperties properties) {
        this.templates = templates;
        this.from = properties.sender();
        this.replyTo = properties.answersTo();
    }

    MailTemplates.Filled fill(Mail.Content content, String sender, Locale language) {
        return templates.fill(content, OneLine.of(sender), language);
    }

    MimeMessage write(Mail mail) throws MessagingException, UnsupportedEncodingException {
        var to = EmailAddress.parse(mail.to().address())
                .orElseThrow(() -> new Undeliverable("The address is none that mail can be sent to"));
        var filled = fill(mail.content(), mail.sender(), mail.language());
        var sender = senderOf(mail);
        var message = new IdentifiedMessage(sessionFor(to), "<" + mail.id() + "@" + sender.domain() + ">");
        message.setFrom(address(sender, mail.sender()));
        message.setRecipient(Message.RecipientType.TO, address(to, mail.to().name()));
        if (replyTo != null) {
            message.setReplyTo(new InternetAddress[] {address(replyTo, mail.sender())});
        }
        message.setSubject(OneLine.of(filled.subject()), UTF_8);
        message.setSentDate(Date.from(mail.date()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("Content-Language", mail.language().toLanguageTag());
        if (mail.mailing() != null) {
            mark(message, mail.id(), mail.mailing(), sender);
        }
        message.setContent(content(mail, filled));
        message.saveChanges();
        return message;
    }

    private EmailAddress senderOf(Mail mail) {
        return mail.mailing() == null || mail.mailing().from() == null
                ? from
                : mail.mailing().from();
    }

    /** For mail programs that offer to end such mails (RFC 2369, RFC 2919, RFC 8058), and for what comes back. */
    private static void mark(IdentifiedMessage message, UUID id, Mail.Mailing mailing, EmailAddress sender)
            throws MessagingException {
        message.setHeader("List-Id", "<newsletter." + sender.domain() + ">");
        message.setHeader("List-Unsubscribe", "<" + mailing.unsubscribe() + ">");
        message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        message.setHeader("Precedence", "bulk");
        var bounces = mailing.bounces();
        if (bounces != null) {
            var name = bounces.mailbox().substring(0, bounces.mailbox().lastIndexOf('@'));
            message.setEnvelopeFrom(name + "+" + id + "@" + bounces.domain());
        }
    }

    private static MimeMultipart content(Mail mail, MailTemplates.Filled filled) throws MessagingException {
        var alternatives = new MimeMultipart("alternative", text(filled.text(), "plain"), text(filled.html(), "html"));
        if (mail.attachments().isEmpty()) {
            return alternatives;
        }
        var body = new MimeBodyPart();
        body.setContent(alternatives);
        var all = new MimeMultipart("mixed", body);
        for (var attachment : mail.attachments()) {
            all.addBodyPart(file(attachment));
        }
        return all;
    }

    /** Quoted-printable whatever it says, so that no line is too long for a server on the way. */
    private static BodyPart text(String text, String subtype) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(text, UTF_8, subtype);
        part.setHeader("Content-Transfer-Encoding", "quoted-printable");
        return part;
    }

    private static BodyPart file(Mail.Attachment attachment) throws MessagingException {
        var part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(attachment.content(), attachment.contentType())));
        part.setFileName(OneLine.of(attachment.name()));
        part.setDisposition(BodyPart.ATTACHMENT);
        part.setHeader("Content-Transfer-Encoding", "base64");
        return part;
    }

    private static InternetAddress address(EmailAddress address, @Nullable String name)
            throws UnsupportedEncodingException {
        var shown = name == null ? "" : OneLine.of(name);
        return new InternetAddress(address.mailbox(), shown.isEmpty() ? null : shown, UTF_8);
    }

    /** Addresses whose first part is not ASCII stand in headers as UTF-8 (RFC 6532); all others need no such server. */
    private static Session sessionFor(EmailAddress to) {
        var settings = new Properties();
        settings.setProperty(
                "mail.mime.allowutf8",
                String.valueOf(!StandardCharsets.US_ASCII.newEncoder().canEncode(to.mailbox())));
        return Session.getInstance(settings);
    }

    /** Keeps its Message-ID, which otherwise is made anew each time. */
    private static final class IdentifiedMessage extends SMTPMessage {

        private final String id;

        IdentifiedMessage(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
