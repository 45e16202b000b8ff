package dev.abendkasse.server.mail;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** A mail of a template that needs little: an order of 100000 that was cancelled. */
public final class SampleMail {

    public static final UUID ID = UUID.fromString("0199f3a1-0000-7000-8000-000000000001");

    private SampleMail() {}

    public static Mail to(String address, String name) {
        return of(address, name, "Theater am Markt", List.of());
    }

    public static Mail from(String sender) {
        return of("buyer@example.org", "Example Buyer", sender, List.of());
    }

    public static Mail with(String file) {
        var pdf = new Mail.Attachment(file, "application/pdf", "%PDF-1.7".getBytes(StandardCharsets.US_ASCII));
        return of("buyer@example.org", "Example Buyer", "Theater am Markt", List.of(pdf));
    }

    /** One of several. */
    public static Mail numbered(int number) {
        var mail = to("buyer@example.org", "Example Buyer");
        return new Mail(
                new UUID(ID.getMostSignificantBits(), number),
                mail.date(),
                mail.sender(),
                mail.to(),
                mail.language(),
                mail.content(),
                mail.attachments());
    }

    private static Mail of(String address, String name, String sender, List<Mail.Attachment> attachments) {
        var order = Map.of("number", "100000", "state", "CANCELLED", "showings", List.of());
        return new Mail(
                ID,
                Instant.parse("2026-11-22T12:00:00Z"),
                sender,
                new Mail.Recipient(address, name),
                Locale.GERMAN,
                new Mail.Content("order-cancelled", List.of("100000", "Faust"), Map.of("buyer", name, "order", order)),
                attachments);
    }
}
