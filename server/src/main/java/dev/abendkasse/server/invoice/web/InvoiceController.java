package dev.abendkasse.server.invoice.web;

import dev.abendkasse.api.InvoicesApi;
import dev.abendkasse.api.model.InvoiceList;
import dev.abendkasse.server.invoice.Invoices;
import dev.abendkasse.server.web.Headers;
import java.util.UUID;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class InvoiceController implements InvoicesApi {

    private final Invoices invoices;

    InvoiceController(Invoices invoices) {
        this.invoices = invoices;
    }

    @Override
    public Mono<ResponseEntity<InvoiceList>> listInvoices(UUID orderId, ServerWebExchange exchange) {
        return Headers.orderAccess(orderId, exchange)
                .flatMap(invoices::list)
                .map(InvoiceMapper::toList)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<Resource>> downloadInvoice(
            UUID orderId, String invoiceNumber, ServerWebExchange exchange) {
        return Headers.orderAccess(orderId, exchange)
                .flatMap(access -> invoices.pdf(access, invoiceNumber))
                .map(pdf -> InvoiceMapper.toDownload(invoiceNumber, pdf));
    }
}
