package dev.abendkasse.server.ticket;

import dev.abendkasse.server.shared.Item;
import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.ticket.domain.Ticket;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** A ticket as the template {@code ticket.html} prints it. */
record PrintedTicket(
        String title,
        String hall,
        ZonedDateTime start,
        Item.@Nullable SeatLabel seat,
        String category,
        String priceType,
        Money price,
        String orderNumber,
        String number,
        String code) {

    static PrintedTicket of(Ticket ticket, String code) {
        return new PrintedTicket(
                ticket.title(),
                ticket.hall(),
                ticket.startsAt().atZone(ZoneId.of(ticket.timeZone())),
                ticket.seat(),
                ticket.categoryName(),
                ticket.priceTypeName(),
                ticket.price().money(),
                ticket.orderNumber(),
                ticket.ticketId().toString(),
                code);
    }
}
