package dev.abendkasse.server.invoice.web;

import dev.abendkasse.api.ReceivablesApi;
import dev.abendkasse.api.model.ReceivablePage;
import dev.abendkasse.api.model.ReceivableState;
import dev.abendkasse.server.invoice.Invoices;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.TimeCursors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class ReceivableController implements ReceivablesApi {

    private final Invoices invoices;
    private final Commands commands;

    ReceivableController(Invoices invoices, Commands commands) {
        this.invoices = invoices;
        this.commands = commands;
    }

    @Override
    public Mono<ResponseEntity<ReceivablePage>> listReceivables(
            @Nullable ReceivableState state, @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        var after = TimeCursors.read(cursor, Long::valueOf);
        return Callers.name()
                .flatMap(by -> commands.run(invoices.receivables(InvoiceMapper.toState(state), after, limit, by)))
                .map(InvoiceMapper::toPage)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<Resource>> downloadReceivable(String invoiceNumber, ServerWebExchange exchange) {
        return invoices.pdf(invoiceNumber).map(pdf -> InvoiceMapper.toDownload(invoiceNumber, pdf));
    }
}
