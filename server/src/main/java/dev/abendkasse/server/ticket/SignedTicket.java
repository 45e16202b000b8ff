package dev.abendkasse.server.ticket;

import java.util.UUID;

/** What a ticket's code says, and its signature proves. */
public record SignedTicket(UUID ticketId, UUID performanceId) {}
