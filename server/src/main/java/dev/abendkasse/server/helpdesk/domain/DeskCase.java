package dev.abendkasse.server.helpdesk.domain;

import dev.abendkasse.server.shared.Item.Price;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a ticket may say of a case. The names of the components are those that the database writes.
 *
 * @param kind as in the contract, like {@code attention} and the findings' rules
 * @param deadline until when its seats are held
 * @param buyerName null as well where the help desk is not to know it, like {@code buyerEmail}
 * @param timeZone the organiser's
 * @param ticket the ticket at this help desk
 */
public record DeskCase(
        String caseNumber,
        String kind,
        String attention,
        List<Finding> findings,
        @Nullable String orderNumber,
        @Nullable Price amount,
        @Nullable Price requestedLimit,
        @Nullable Instant deadline,
        Instant createdAt,
        @Nullable String buyerName,
        @Nullable String buyerEmail,
        String timeZone,
        @Nullable Ticket ticket) {

    public DeskCase {
        findings = List.copyOf(findings);
    }

    /** @param threshold from where on the rule applies; below it, where new accounts are meant */
    public record Finding(String rule, long found, long threshold) {}

    /**
     * @param id by which programs find it
     * @param number by which people find it
     * @param url where people find it
     */
    public record Ticket(
            @Nullable String id, String number, @Nullable String url) {}
}
