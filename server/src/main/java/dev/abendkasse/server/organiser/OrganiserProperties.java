package dev.abendkasse.server.organiser;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The organiser, as buyers and the tax office know it.
 *
 * @param name in full, as it must stand on invoices
 * @param addressLines street, postal code and city, as on an envelope
 * @param taxNumber the number that the tax office gave; this or the VAT id must stand on invoices
 * @param timeZone whose days count for due dates and value dates
 * @param account where transfers go; none, and nobody can pay by transfer
 */
@ConfigurationProperties("abendkasse.organiser")
public record OrganiserProperties(
        @DefaultValue("Abendkasse") String name,
        @DefaultValue List<String> addressLines,
        @Nullable String email,
        @Nullable String taxNumber,
        @Nullable String vatId,
        @DefaultValue("Europe/Berlin") ZoneId timeZone,
        @Nullable BankAccount account) {

    public OrganiserProperties {
        addressLines = List.copyOf(addressLines);
    }

    /** Whether invoices say what the law wants to know of their issuer. */
    boolean isComplete() {
        return !addressLines.isEmpty() && (taxNumber != null || vatId != null);
    }
}
