package dev.abendkasse.server.ticket.web;

import dev.abendkasse.api.TicketsApi;
import dev.abendkasse.api.model.TicketList;
import dev.abendkasse.server.ticket.Tickets;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.Languages;
import java.util.UUID;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class TicketController implements TicketsApi {

    private final Tickets tickets;

    TicketController(Tickets tickets) {
        this.tickets = tickets;
    }

    @Override
    public Mono<ResponseEntity<TicketList>> listTickets(UUID orderId, ServerWebExchange exchange) {
        return Headers.orderAccess(orderId, exchange)
                .flatMap(tickets::list)
                .map(TicketMapper::toContract)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<Resource>> downloadTickets(UUID orderId, ServerWebExchange exchange) {
        var locale = Languages.of(exchange.getRequest(), tickets.languages());
        return Headers.orderAccess(orderId, exchange)
                .flatMap(access -> tickets.pdf(access, locale))
                .map(pdf -> TicketMapper.toDownload(pdf, locale));
    }
}
