package dev.abendkasse.server.ticket;

import dev.abendkasse.server.document.Documents;
import dev.abendkasse.server.order.Orders;
import dev.abendkasse.server.shared.OrderAccess;
import dev.abendkasse.server.shared.OrderId;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.ticket.domain.Ticket;
import dev.abendkasse.server.ticket.store.TicketStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** The tickets of orders, as data and to print. */
@Service
public class Tickets {

    private static final String TEMPLATE = "ticket";

    private final Orders orders;
    private final TicketStore store;
    private final TicketCodes codes;
    private final Documents documents;

    Tickets(Orders orders, TicketStore store, TicketCodes codes, Documents documents) {
        this.orders = orders;
        this.store = store;
        this.codes = codes;
        this.documents = documents;
    }

    /** The languages that tickets can be printed in. */
    public List<Locale> languages() {
        return documents.languages(TEMPLATE);
    }

    /** All tickets of an order, also those that let nobody in any more. */
    public Mono<List<CodedTicket>> list(OrderAccess access) {
        return orders.see(access).flatMap(order -> listOf(new OrderId(order.orderId())));
    }

    /** The same for whoever is known to be allowed to see it. */
    public Mono<List<CodedTicket>> listOf(OrderId order) {
        return store.ofOrder(order.value()).flatMap(this::withCodes);
    }

    /** The tickets of an order for whoever has access to it. */
    public Mono<byte[]> pdf(OrderAccess access, Locale locale) {
        return orders.see(access).flatMap(order -> printOf(new OrderId(order.orderId()), locale));
    }

    /** The same for whoever is known to be allowed to see it. */
    public Mono<byte[]> printOf(OrderId order, Locale locale) {
        return pdfOf(order, locale).switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.NO_TICKETS)));
    }

    /** A page for each ticket that lets somebody in; empty if there is none. */
    public Mono<byte[]> pdfOf(OrderId order, Locale locale) {
        return store.ofOrder(order.value())
                .map(tickets -> tickets.stream().filter(Ticket::counts).toList())
                .filter(tickets -> !tickets.isEmpty())
                .flatMap(tickets -> print(tickets, locale));
    }

    private Mono<byte[]> print(List<Ticket> tickets, Locale locale) {
        return codes.sign(signed(tickets))
                .map(signatures -> IntStream.range(0, tickets.size())
                        .mapToObj(index -> PrintedTicket.of(tickets.get(index), signatures.get(index)))
                        .toList())
                .flatMap(printed -> documents.pdf(TEMPLATE, Map.of("tickets", printed), locale));
    }

    private Mono<List<CodedTicket>> withCodes(List<Ticket> tickets) {
        return codes.sign(signed(tickets))
                .map(signatures -> IntStream.range(0, tickets.size())
                        .mapToObj(index -> coded(tickets.get(index), signatures.get(index)))
                        .toList());
    }

    private static CodedTicket coded(Ticket ticket, String code) {
        return new CodedTicket(ticket, ticket.counts() ? code : null);
    }

    private static List<SignedTicket> signed(List<Ticket> tickets) {
        return tickets.stream()
                .map(ticket -> new SignedTicket(ticket.ticketId(), ticket.performanceId()))
                .toList();
    }
}
