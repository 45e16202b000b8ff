package dev.abendkasse.server.ticket.web;

import dev.abendkasse.api.TicketPrintingApi;
import dev.abendkasse.api.model.TicketList;
import dev.abendkasse.server.boxoffice.DeskOrders;
import dev.abendkasse.server.security.Clerks;
import dev.abendkasse.server.shared.OrderId;
import dev.abendkasse.server.ticket.Tickets;
import dev.abendkasse.server.web.Languages;
import java.util.UUID;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The tickets of orders that a box office may see. */
@RestController
class TicketPrintingController implements TicketPrintingApi {

    private final Tickets tickets;
    private final DeskOrders orders;

    TicketPrintingController(Tickets tickets, DeskOrders orders) {
        this.tickets = tickets;
        this.orders = orders;
    }

    @Override
    public Mono<ResponseEntity<TicketList>> listOrderTickets(UUID orderId, ServerWebExchange exchange) {
        return seen(orderId)
                .flatMap(tickets::listOf)
                .map(TicketMapper::toContract)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<Resource>> printTickets(UUID orderId, ServerWebExchange exchange) {
        var locale = Languages.of(exchange.getRequest(), tickets.languages());
        return seen(orderId)
                .flatMap(order -> tickets.printOf(order, locale))
                .map(pdf -> TicketMapper.toDownload(pdf, locale));
    }

    private Mono<OrderId> seen(UUID orderId) {
        return Clerks.reading().flatMap(clerk -> orders.see(orderId, clerk.actor()));
    }
}
