package dev.abendkasse.server.ticket.web;

import dev.abendkasse.api.model.TicketList;
import dev.abendkasse.api.model.TicketState;
import dev.abendkasse.server.ticket.CodedTicket;
import dev.abendkasse.server.ticket.domain.Ticket;
import dev.abendkasse.server.web.PurchaseMapper;
import java.util.List;
import java.util.Locale;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Shows tickets as the contract has them. */
final class TicketMapper {

    private static final ContentDisposition ATTACHMENT =
            ContentDisposition.attachment().filename("tickets.pdf").build();

    private TicketMapper() {}

    static TicketList toContract(List<CodedTicket> tickets) {
        return new TicketList(tickets.stream().map(TicketMapper::toContract).toList());
    }

    static ResponseEntity<Resource> toDownload(byte[] pdf, Locale locale) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(HttpHeaders.CONTENT_LANGUAGE, locale.toLanguageTag())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .header(HttpHeaders.CONTENT_DISPOSITION, ATTACHMENT.toString())
                .body(new ByteArrayResource(pdf));
    }

    private static dev.abendkasse.api.model.Ticket toContract(CodedTicket coded) {
        return toContract(coded.ticket()).code(coded.code());
    }

    private static dev.abendkasse.api.model.Ticket toContract(Ticket ticket) {
        return new dev.abendkasse.api.model.Ticket(
                        ticket.ticketId(),
                        ticket.itemId(),
                        ticket.performanceId(),
                        ticket.title(),
                        ticket.hall(),
                        ticket.startsAt(),
                        ticket.timeZone(),
                        ticket.category(),
                        ticket.categoryName(),
                        ticket.priceType(),
                        ticket.priceTypeName(),
                        PurchaseMapper.toContract(ticket.price().money()),
                        TicketState.valueOf(ticket.state().name()))
                .seat(PurchaseMapper.toContract(ticket.seat()))
                .admittedAt(ticket.admittedAt());
    }
}
