package dev.abendkasse.server.invoice.web;

import dev.abendkasse.api.model.InvoiceKind;
import dev.abendkasse.api.model.InvoiceList;
import dev.abendkasse.api.model.ReceivablePage;
import dev.abendkasse.api.model.ReceivableState;
import dev.abendkasse.server.invoice.domain.Invoice;
import dev.abendkasse.server.invoice.domain.Receivable;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.web.PurchaseMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Contract types on one side, domain types on the other. Names of kinds and states are the same on both. */
final class InvoiceMapper {

    private InvoiceMapper() {}

    static Receivable.@Nullable State toState(@Nullable ReceivableState state) {
        return state == null ? null : Receivable.State.valueOf(state.name());
    }

    static InvoiceList toList(List<Invoice> invoices) {
        return new InvoiceList(invoices.stream().map(InvoiceMapper::toContract).toList());
    }

    static ResponseEntity<Resource> toDownload(String number, byte[] pdf) {
        var file = ContentDisposition.inline().filename(number + ".pdf").build();
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .headers(headers -> headers.setContentDisposition(file))
                .body(new ByteArrayResource(pdf));
    }

    static ReceivablePage toPage(Page<Receivable> page) {
        return new ReceivablePage()
                .items(page.items().stream().map(InvoiceMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    private static dev.abendkasse.api.model.Invoice toContract(Invoice invoice) {
        return new dev.abendkasse.api.model.Invoice()
                .invoiceNumber(invoice.invoiceNumber())
                .kind(InvoiceKind.valueOf(invoice.kind().name()))
                .corrects(invoice.corrects())
                .issuedOn(invoice.issuedOn())
                .dueOn(invoice.dueOn())
                .amount(PurchaseMapper.toContract(invoice.amount().money()));
    }

    private static dev.abendkasse.api.model.Receivable toContract(Receivable receivable) {
        return new dev.abendkasse.api.model.Receivable()
                .invoiceNumber(receivable.invoiceNumber())
                .state(ReceivableState.valueOf(receivable.state().name()))
                .orderId(receivable.orderId())
                .orderNumber(receivable.orderNumber())
                .customerId(receivable.customerId())
                .buyerName(receivable.buyerName())
                .buyerEmail(receivable.buyerEmail())
                .issuedOn(receivable.issuedOn())
                .dueOn(receivable.dueOn())
                .amount(PurchaseMapper.toContract(receivable.amount().money()))
                .owed(PurchaseMapper.toContract(receivable.owed().money()));
    }
}
