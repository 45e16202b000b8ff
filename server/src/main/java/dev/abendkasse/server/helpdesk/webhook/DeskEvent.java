package dev.abendkasse.server.helpdesk.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.abendkasse.server.helpdesk.domain.DeskCase;
import dev.abendkasse.server.helpdesk.domain.DeskEntry;
import dev.abendkasse.server.helpdesk.domain.DeskText;
import dev.abendkasse.server.shared.Item.Price;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a webhook, as docs/help-desk.md describes it.
 *
 * @param type {@code case.opened}, {@code case.changed} or {@code case.ended}
 * @param timestamp when it happened
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeskEvent(String type, Instant timestamp, Data data) {

    /**
     * @param state the case's after it
     * @param title for a ticket
     * @param text what has happened, in words
     * @param ticketNumber the ticket's, if the help desk has named one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Data(
            String caseNumber,
            String kind,
            String state,
            String attention,
            List<DeskCase.Finding> findings,
            @Nullable String orderNumber,
            @Nullable Price amount,
            @Nullable Price requestedLimit,
            @Nullable Instant deadline,
            Instant createdAt,
            String title,
            String text,
            @Nullable Message message,
            @Nullable Buyer buyer,
            @Nullable String ticketNumber) {}

    /** @param by who wrote it; null where the customer did */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Message(String kind, @Nullable String by, String text) {}

    /** Only where tickets are to say who it is. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Buyer(@Nullable String name, @Nullable String email) {}

    static DeskEvent of(DeskEntry entry, DeskText text) {
        var about = entry.about();
        return new DeskEvent(
                type(entry.event()),
                entry.at(),
                new Data(
                        about.caseNumber(),
                        about.kind(),
                        entry.state(),
                        about.attention(),
                        about.findings(),
                        about.orderNumber(),
                        about.amount(),
                        about.requestedLimit(),
                        about.deadline(),
                        about.createdAt(),
                        text.title(),
                        text.news(),
                        message(entry),
                        buyer(about),
                        about.ticket() == null ? null : about.ticket().number()));
    }

    private static String type(DeskEntry.Event event) {
        return switch (event) {
            case OPENED -> "case.opened";
            case MESSAGE, REOPENED -> "case.changed";
            case ENDED -> "case.ended";
        };
    }

    private static @Nullable Message message(DeskEntry entry) {
        return entry.messageKind() == null || entry.text() == null
                ? null
                : new Message(entry.messageKind(), entry.by(), entry.text());
    }

    private static @Nullable Buyer buyer(DeskCase about) {
        return about.buyerName() == null && about.buyerEmail() == null
                ? null
                : new Buyer(about.buyerName(), about.buyerEmail());
    }
}
