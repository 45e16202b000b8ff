package dev.abendkasse.server.mail;

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
 */
public record Mail(
        UUID id,
        Instant date,
        String sender,
        Recipient to,
        Locale language,
        Content content,
        List<Attachment> attachments) {

    /** Both as somebody typed them; of a walk-in there may be no name. */
    public record Recipient(String address, @Nullable String name) {}

    /**
     * What it says.
     *
     * @param template in the folder {@code mail}, once as HTML and once as text
     * @param subject what the texts' {@code <template>.subject} speaks of
     * @param model what the template speaks of
     */
    public record Content(String template, List<String> subject, Map<String, Object> model) {}

    /** A file that goes with it. */
    public record Attachment(String name, String contentType, byte[] content) {}
}
