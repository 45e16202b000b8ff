package dev.abendkasse.server.invoice.domain;

import dev.abendkasse.server.shared.Contact;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands on an invoice, as it was when it was issued. Amounts are gross and in minor units.
 *
 * @param lines what was sold, or on a credit note what was given back
 * @param exemption why there is no tax, by language; null where there is
 */
public record InvoiceContent(
        Seller seller,
        Contact buyer,
        String orderNumber,
        List<Line> lines,
        List<Tax> taxes,
        @Nullable Map<String, String> exemption) {

    /** @param addressLines as on an envelope */
    public record Seller(
            String name,
            List<String> addressLines,
            @Nullable String email,
            @Nullable String taxNumber,
            @Nullable String vatId,
            @Nullable Account account) {}

    /** Where the money goes. */
    public record Account(
            String holder, String iban, @Nullable String bic) {

        /** The IBAN in groups of four, as it is read and typed. */
        public String grouped() {
            return iban.replaceAll("(.{4})(?!$)", "$1 ");
        }
    }

    /** Tickets of one kind for one performance. Its day is when the service is rendered. */
    public record Line(
            String title,
            String hall,
            Instant startsAt,
            ZoneId timeZone,
            String category,
            String priceType,
            long quantity,
            long unitPrice,
            long amount,
            List<Seat> seats) {

        /** In the hall's time. */
        public ZonedDateTime start() {
            return startsAt.atZone(timeZone);
        }
    }

    /** Where somebody sits. */
    public record Seat(String section, String row, String number) {}

    /** @param rate in percent; null: exempt */
    public record Tax(@Nullable String rate, long net, long tax, long gross) {}
}
