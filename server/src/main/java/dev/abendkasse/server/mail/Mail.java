package dev.abendkasse.server.mail;

import dev.abendkasse.server.shared.EmailAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail, not yet written.
 *
 * @param id the same on every try: receivers tell repetitions by it
 * @param sender whose name it comes under
 * @param language of the texts, the amounts and the dates
 * @param mailing what more there is to it when many get it
 */
public record Mail(
        UUID id,
        Instant date,
        String sender,
        Recipient to,
        Locale language,
        Content content,
        List<Attachment> attachments,
        @Nullable Mailing mailing) {

    /** A letter to one person. */
    public Mail(
            UUID id,
            Instant date,
            String sender,
            Recipient to,
            Locale language,
            Content content,
            List<Attachment> attachments) {
        this(id, date, sender, to, language, content, attachments, null);
    }

    /** Both as somebody typed them; of a walk-in there may be no name. */
    public record Recipient(String address, @Nullable String name) {}

    /**
     * What it says.
     *
     * @param template in the folder {@code mail}, once as HTML and once as text; with {@code layout} in the model it goes into
     *     another than the usual one
     * @param subject what the texts' {@code <template>.subject} speaks of
     * @param model what the template speaks of
     */
    public record Content(String template, List<String> subject, Map<String, Object> model) {}

    /**
     * One mail of many alike.
     *
     * @param unsubscribe where one click ends them (RFC 8058)
     * @param from the address that it comes from; that of all mails when null
     * @param bounces where to it comes back when it cannot be delivered, with the mail's id after a plus in its name; the
     *     address that it comes from when null
     */
    public record Mailing(
            URI unsubscribe,
            @Nullable EmailAddress from,
            @Nullable EmailAddress bounces) {}

    /** A file that goes with it. */
    public record Attachment(String name, String contentType, byte[] content) {}
}
