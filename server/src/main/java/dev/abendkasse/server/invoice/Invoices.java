package dev.abendkasse.server.invoice;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.invoice.domain.Invoice;
import dev.abendkasse.server.invoice.domain.Receivable;
import dev.abendkasse.server.invoice.store.InvoiceStore;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.OrderAccess;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Invoices to look at, for their buyers, for staff, and for mails that carry them. */
@Service
public class Invoices {

    private final InvoiceStore invoices;
    private final InvoicePrinter printer;
    private final Secrets secrets;
    private final Audit audit;

    Invoices(InvoiceStore invoices, InvoicePrinter printer, Secrets secrets, Audit audit) {
        this.invoices = invoices;
        this.printer = printer;
        this.secrets = secrets;
        this.audit = audit;
    }

    /** The invoice of an order on account as PDF; empty when there is none. */
    public Mono<byte[]> pdfOf(UUID orderId, Locale locale) {
        return invoices.ofOrder(orderId).flatMap(invoice -> printer.pdf(invoice, locale));
    }

    /** The invoices and credit notes of an order, the oldest first. */
    public Mono<List<Invoice>> list(OrderAccess access) {
        return invoices.list(ask(access))
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.ORDER_NOT_FOUND)));
    }

    /** In the language in which it was issued. */
    public Mono<byte[]> pdf(OrderAccess access, String number) {
        return list(access)
                .flatMapMany(Flux::fromIterable)
                .filter(invoice -> invoice.invoiceNumber().equals(number))
                .next()
                .transform(this::printed);
    }

    public Mono<byte[]> pdf(String number) {
        return invoices.find(number).transform(this::printed);
    }

    /**
     * Those that are due first at the top. That somebody looks at what customers owe is written down.
     *
     * @param by who looks
     */
    public Mono<Page<Receivable>> receivables(
            Receivable.@Nullable State state, @Nullable TimeCursor<Long> after, int limit, String by) {
        return audit.noted(
                invoices.receivables(state, after, limit + 1)
                        .collectList()
                        .map(found -> Page.of(found, limit, Invoices::cursor)),
                page -> AuditNote.of(by, "receivable.read", null, Map.of("invoices", numbers(page))));
    }

    private static List<String> numbers(Page<Receivable> page) {
        return page.items().stream().map(Receivable::invoiceNumber).toList();
    }

    private Mono<byte[]> printed(Mono<Invoice> found) {
        return found.switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.INVOICE_NOT_FOUND)))
                .flatMap(invoice -> printer.pdf(invoice, invoice.locale()));
    }

    private InvoiceStore.Ask ask(OrderAccess access) {
        var token = Optional.ofNullable(access.token()).map(secrets::hexHash);
        var customer = Optional.ofNullable(access.customer()).map(CustomerId::value);
        return new InvoiceStore.Ask(access.order().value(), token.orElse(null), customer.orElse(null));
    }

    private static String cursor(Receivable last) {
        return new TimeCursor<>(last.dueOn().atStartOfDay().toInstant(ZoneOffset.UTC), last.serial()).text();
    }
}
