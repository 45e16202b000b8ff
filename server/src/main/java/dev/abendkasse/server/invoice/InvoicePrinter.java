package dev.abendkasse.server.invoice;

import dev.abendkasse.server.document.Documents;
import dev.abendkasse.server.invoice.domain.Invoice;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Prints invoices and credit notes, from what they kept of their time. */
@Component
class InvoicePrinter {

    private static final String TEMPLATE = "invoice";

    private final Documents documents;

    InvoicePrinter(Documents documents) {
        this.documents = documents;
    }

    Mono<byte[]> pdf(Invoice invoice, Locale locale) {
        return documents.pdf(TEMPLATE, Map.of("invoice", invoice, "rates", new Rates(locale)), locale);
    }

    /** Writes rates of tax as readers of the document do. */
    public record Rates(Locale locale) {

        public String of(String rate) {
            return NumberFormat.getInstance(locale).format(new BigDecimal(rate));
        }
    }
}
