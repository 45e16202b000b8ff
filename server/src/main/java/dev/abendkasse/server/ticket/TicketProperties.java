package dev.abendkasse.server.ticket;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Tickets.
 *
 * @param codeThreads how many lists of codes are signed or checked at once
 * @param codeQueue how many more may wait before the next is refused
 */
@ConfigurationProperties("abendkasse.ticket")
public record TicketProperties(
        @DefaultValue("2") int codeThreads,
        @DefaultValue("200") int codeQueue) {}
