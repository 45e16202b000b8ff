package dev.abendkasse.server.invoice;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What stands on invoices besides who sells and who buys.
 *
 * @param dueDays how long customers have to pay
 * @param vatRate what gross prices hold, in percent, such as 7 or 19; empty: exempt
 * @param exemptionDe why nothing is due, in German; invoices without tax must say so
 */
@ConfigurationProperties("abendkasse.invoice")
public record InvoiceProperties(
        @DefaultValue("14") int dueDays,
        @DefaultValue("") String vatRate,
        @DefaultValue("Umsatzsteuerfrei.") String exemptionDe,
        @DefaultValue("Exempt from VAT.") String exemptionEn) {

    private static final Pattern RATE = Pattern.compile("[0-9]{1,2}(\\.[0-9]{1,2})?");
    private static final int MOST_DAYS = 365;

    public InvoiceProperties {
        if (dueDays < 0 || dueDays > MOST_DAYS) {
            throw new IllegalArgumentException("abendkasse.invoice.due-days must be 0 to " + MOST_DAYS);
        }
        if (!vatRate.isEmpty() && !RATE.matcher(vatRate).matches()) {
            throw new IllegalArgumentException(
                    "abendkasse.invoice.vat-rate must be a number such as 7 or 19, or empty");
        }
    }

    /** Null: exempt. */
    @Nullable
    String rate() {
        return vatRate.isEmpty() ? null : vatRate;
    }
}
