package dev.abendkasse.server.newsletter.report;

import dev.abendkasse.server.newsletter.domain.Bounce;
import dev.abendkasse.server.newsletter.domain.MailStatus;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.jspecify.annotations.Nullable;

/**
 * Reads what mail servers write about mails that they cannot deliver: delivery status notifications (RFC 3464), and complaints as
 * feedback loops send them (RFC 5965). Which mail it is about is said by the address that it came back to, which carries the
 * mail's id, or else by the Message-ID of the mail that is enclosed.
 */
public final class DeliveryReport {

    private static final int MOST_PARTS = 20;

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern RETURN_ADDRESS = Pattern.compile("\\+(" + ID + ")@");
    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID:[ \\t\\r\\n]*<(" + ID + ")@");
    private static final Pattern STATUS = Pattern.compile("([245])\\.\\d{1,3}\\.\\d{1,3}");
    private static final Set<String> ENCLOSED = Set.of(
            "message/rfc822",
            "text/rfc822-headers",
            "message/rfc822-headers",
            "message/global",
            "message/global-headers");

    private DeliveryReport() {}

    /** Empty when it is none, or says nothing of what became of a mail, or not of which. */
    public static Optional<Bounce> read(byte[] mail) {
        try {
            var message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail));
            return kind(message).isEmpty() ? Optional.empty() : bounce(message, mail);
        } catch (MessagingException | IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Bounce> bounce(MimeMessage message, byte[] mail) throws MessagingException, IOException {
        var parts = parts(message);
        var told = kind(message).equals("feedback-report") ? complaint(parts) : failure(parts);
        var id = returnedTo(message).or(() -> enclosed(parts));
        return told.isEmpty() || id.isEmpty()
                ? Optional.empty()
                : Optional.of(new Bounce(
                        "report:" + digest(mail),
                        id.get(),
                        told.get().kind(),
                        told.get().status()));
    }

    private record Told(Bounce.Kind kind, @Nullable String status) {}

    /** The type of report; empty for any other mail. */
    private static String kind(MimeMessage message) throws MessagingException {
        if (!message.isMimeType("multipart/report")) {
            return "";
        }
        var type = new ContentType(message.getContentType()).getParameter("report-type");
        return type == null ? "" : type.toLowerCase(Locale.ROOT);
    }

    private static List<Part> parts(MimeMessage message) throws MessagingException, IOException {
        var all = new ArrayList<Part>();
        var several = new MimeMultipart(message.getDataHandler().getDataSource());
        for (int i = 0; i < Math.min(several.getCount(), MOST_PARTS); i++) {
            all.add(several.getBodyPart(i));
        }
        return all;
    }

    private static Optional<Told> complaint(List<Part> parts) throws MessagingException, IOException {
        for (var part : parts) {
            if (part.isMimeType("message/feedback-report")) {
                var headers = new InternetHeaders(part.getInputStream());
                var type = headers.getHeader("Feedback-Type", null);
                return type != null && type.strip().equalsIgnoreCase("abuse")
                        ? Optional.of(new Told(Bounce.Kind.COMPLAINT, null))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** One mail of ours has one recipient. A report that it was delivered, relayed or expanded is none. */
    private static Optional<Told> failure(List<Part> parts) throws MessagingException, IOException {
        for (var part : parts) {
            if (part.isMimeType("message/delivery-status") || part.isMimeType("message/global-delivery-status")) {
                var status = new DeliveryStatus(part.getInputStream());
                for (int i = 0; i < status.getRecipientDSNCount(); i++) {
                    var told = failure(status.getRecipientDSN(i));
                    if (told.isPresent()) {
                        return told;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Told> failure(InternetHeaders recipient) {
        var action = Objects.requireNonNullElse(recipient.getHeader("Action", null), "")
                .strip();
        var code = STATUS.matcher(Objects.requireNonNullElse(recipient.getHeader("Status", null), ""));
        var status = code.find() ? code.group() : null;
        if (action.equalsIgnoreCase("delayed")) {
            return Optional.of(new Told(Bounce.Kind.SOFT, status));
        }
        if (!action.equalsIgnoreCase("failed")) {
            return Optional.empty();
        }
        return Optional.of(new Told(MailStatus.isForGood(status) ? Bounce.Kind.HARD : Bounce.Kind.SOFT, status));
    }

    private static Optional<UUID> returnedTo(MimeMessage message) throws MessagingException {
        for (var header : List.of("Delivered-To", "X-Original-To", "To")) {
            var address = message.getHeader(header, ",");
            var id = RETURN_ADDRESS.matcher(address == null ? "" : address);
            if (id.find()) {
                return Optional.of(UUID.fromString(id.group(1)));
            }
        }
        return Optional.empty();
    }

    private static Optional<UUID> enclosed(List<Part> parts) {
        return parts.stream().flatMap(part -> enclosed(part).stream()).findFirst();
    }

    private static Optional<UUID> enclosed(Part part) {
        try {
            var type = new ContentType(part.getContentType()).getBaseType().toLowerCase(Locale.ROOT);
            if (!ENCLOSED.contains(type)) {
                return Optional.empty();
            }
            var text = new String(part.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            var id = MESSAGE_ID.matcher(text.split("\\r?\\n\\r?\\n", 2)[0]);
            return id.find() ? Optional.of(UUID.fromString(id.group(1))) : Optional.empty();
        } catch (MessagingException | IOException e) {
            return Optional.empty();
        }
    }

    private static String digest(byte[] mail) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(mail));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
