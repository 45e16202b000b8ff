package dev.abendkasse.server.ticket;

import dev.abendkasse.server.ticket.domain.Ticket;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as its buyer gets it.
 *
 * @param code what its QR code says; none if it lets nobody in
 */
public record CodedTicket(Ticket ticket, @Nullable String code) {}
