package dev.abendkasse.server.mail;

import dev.abendkasse.server.mail.Mail.Attachment;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A mail as its reader sees it. */
public record OpenedMail(
        String from, String to, String subject, String text, String html, List<Attachment> attachments) {

    static OpenedMail of(byte[] source) throws MessagingException, IOException {
        var settings = new Properties();
        settings.setProperty("mail.mime.allowutf8", "true");
        var message = new MimeMessage(Session.getInstance(settings), new ByteArrayInputStream(source));
        var parts = new ArrayList<Part>();
        collect(message, parts);
        return new OpenedMail(
                people(message.getFrom()),
                people(message.getRecipients(MimeMessage.RecipientType.TO)),
                message.getSubject(),
                shown(parts, "text/plain"),
                shown(parts, "text/html"),
                files(parts));
    }

    private static void collect(Part part, List<Part> all) throws MessagingException, IOException {
        if (part.getContent() instanceof Multipart several) {
            for (int i = 0; i < several.getCount(); i++) {
                collect(several.getBodyPart(i), all);
            }
        } else {
            all.add(part);
        }
    }

    private static String shown(List<Part> parts, String type) throws MessagingException, IOException {
        for (var part : parts) {
            if (part.isMimeType(type) && !isFile(part)) {
                return ((String) part.getContent()).replace("\r\n", "\n");
            }
        }
        return "";
    }

    private static List<Attachment> files(List<Part> parts) throws MessagingException, IOException {
        var files = new ArrayList<Attachment>();
        for (var part : parts) {
            if (isFile(part)) {
                var type = part.getContentType().replaceAll("\\s*;(?s).*", "");
                files.add(new Attachment(
                        part.getFileName(), type, part.getInputStream().readAllBytes()));
            }
        }
        return files;
    }

    private static boolean isFile(Part part) throws MessagingException {
        return BodyPart.ATTACHMENT.equalsIgnoreCase(part.getDisposition());
    }

    private static String people(jakarta.mail.Address @Nullable [] addresses) {
        return addresses == null ? "" : InternetAddress.toUnicodeString(addresses);
    }
}
