package dev.abendkasse.server.invoice.domain;

import dev.abendkasse.server.shared.Item.Price;
import dev.abendkasse.server.shared.Money;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A numbered invoice, or the credit note that corrects one. Neither ever changes.
 *
 * @param corrects the invoice that a credit note belongs to
 * @param dueOn null on a credit note
 * @param language what it was issued in
 * @param amount gross; on a credit note what it takes off
 */
public record Invoice(
        String invoiceNumber,
        Kind kind,
        @Nullable String corrects,
        LocalDate issuedOn,
        @Nullable LocalDate dueOn,
        String language,
        Price amount,
        InvoiceContent content) {

    public enum Kind {
        INVOICE,
        CREDIT_NOTE
    }

    public Locale locale() {
        return Locale.of(language);
    }

    /** An amount as it stands on the document: a credit note takes off. */
    public Money money(long minorUnits) {
        return Money.of(kind == Kind.CREDIT_NOTE ? -minorUnits : minorUnits, amount.currency());
    }

    /** What a credit note holds back of its lines as a fee; negative where it takes off more than its lines. */
    public long kept() {
        return content.lines().stream().mapToLong(InvoiceContent.Line::amount).sum() - amount.amount();
    }
}
