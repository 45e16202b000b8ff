package dev.abendkasse.server.helpdesk.zammad;

import dev.abendkasse.server.helpdesk.HelpDesk;
import dev.abendkasse.server.helpdesk.HelpDeskChoice;
import dev.abendkasse.server.helpdesk.HelpDeskProperties;
import dev.abendkasse.server.helpdesk.domain.DeskCase;
import dev.abendkasse.server.helpdesk.domain.DeskCase.Ticket;
import dev.abendkasse.server.helpdesk.domain.DeskEntry;
import dev.abendkasse.server.helpdesk.domain.DeskText;
import dev.abendkasse.server.helpdesk.domain.Receipt;
import dev.abendkasse.server.outbox.TryLater;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Zammad as the help desk. Zammad has no key that makes a call happen once. So whatever may have arrived is looked for first: a ticket by
 * its title, which holds the case's number, and an article by the mark at its end, which is its entry's id.
 */
@Component
@Conditional(HelpDeskChoice.Zammad.class)
class ZammadHelpDesk implements HelpDesk {

    static final String NAME = "zammad";

    private final ZammadApi zammad;
    private final HelpDeskProperties.Zammad settings;

    ZammadHelpDesk(ZammadApi zammad, HelpDeskProperties properties) {
        this.zammad = zammad;
        this.settings = properties.zammad();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Mono<Receipt> open(DeskEntry entry, DeskText text) {
        var known = entry.about().ticket();
        return known == null ? findOrCreate(entry, text) : Mono.just(new Receipt(known, null, null));
    }

    @Override
    public Mono<Receipt> note(DeskEntry entry, DeskText text) {
        return inTicket(entry, text, ticket -> zammad.createArticle(inTicket(ticket, article(entry, text.news()))));
    }

    @Override
    public Mono<Receipt> close(DeskEntry entry, DeskText text) {
        return move(entry, text, settings.closedState());
    }

    @Override
    public Mono<Receipt> reopen(DeskEntry entry, DeskText text) {
        return move(entry, text, settings.openState());
    }

    private Mono<Receipt> move(DeskEntry entry, DeskText text, String state) {
        var change = Map.of("state", state, "article", article(entry, text.news()));
        return inTicket(entry, text, ticket -> zammad.updateTicket(ticket, change));
    }

    private interface Writing {

        Mono<JsonNode> in(String ticketId);
    }

    /** Writes into the case's ticket, unless it stands there. */
    private Mono<Receipt> inTicket(DeskEntry entry, DeskText text, Writing writing) {
        return open(entry, text)
                .map(receipt -> Objects.requireNonNull(receipt.ticket()))
                .flatMap(ticket -> write(entry, id(ticket), writing).map(written -> receipt(ticket, written)));
    }

    private Mono<JsonNode> write(DeskEntry entry, String ticketId, Writing writing) {
        var write = Mono.defer(() -> writing.in(ticketId));
        return entry.again() ? articleOf(entry, ticketId).switchIfEmpty(write) : write;
    }

    private Mono<JsonNode> articleOf(DeskEntry entry, String ticketId) {
        return zammad.articlesOf(ticketId)
                .flatMap(articles -> Mono.justOrEmpty(stream(articles)
                        .filter(article -> article.path("body").asString("").contains(mark(entry)))
                        .findFirst()));
    }

    private Mono<Receipt> findOrCreate(DeskEntry entry, DeskText text) {
        var create = Mono.defer(() -> zammad.createTicket(ticket(entry, text)));
        return (entry.again() || entry.event() != DeskEntry.Event.OPENED
                        ? find(entry, text).switchIfEmpty(create)
                        : create)
                .map(this::receipt);
    }

    /** The title is ours to the letter: customers may well write a case's number into a title of theirs. */
    private Mono<JsonNode> find(DeskEntry entry, DeskText text) {
        return zammad.search(entry.about().caseNumber())
                .flatMap(found -> Mono.justOrEmpty(stream(found.isArray() ? found : found.at("/assets/Ticket"))
                        .filter(ticket -> ticket.path("title").asString("").equals(text.title()))
                        .findFirst()));
    }

    private Map<String, Object> ticket(DeskEntry entry, DeskText text) {
        return Map.of(
                "title", text.title(),
                "group", settings.group(),
                "customer_id", "guess:" + customer(entry.about()),
                "article", article(entry, text.summary()));
    }

    private String customer(DeskCase about) {
        return Optional.ofNullable(about.buyerEmail()).orElseGet(() -> Objects.requireNonNull(settings.customer()));
    }

    /** Internal: customers never see it, and Zammad mails it to nobody. */
    private static Map<String, Object> article(DeskEntry entry, String text) {
        return Map.of(
                "body", text + "\n\n" + mark(entry), "content_type", "text/plain", "type", "note", "internal", true);
    }

    private static Map<String, Object> inTicket(String ticketId, Map<String, Object> article) {
        var all = new java.util.HashMap<>(article);
        all.put("ticket_id", ticketId);
        return all;
    }

    private static String mark(DeskEntry entry) {
        return "(Abendkasse " + entry.entryId() + ")";
    }

    private Receipt receipt(JsonNode ticket) {
        var id = text(ticket, "id");
        var number = text(ticket, "number");
        if (id == null || number == null) {
            throw TryLater.notBefore("The help desk's answer names no ticket", Duration.ZERO);
        }
        var article = ticket.at("/article_ids/0");
        return new Receipt(
                new Ticket(id, number, zammad.pageOf(id)),
                article.isMissingNode() ? null : article.asString(),
                text(ticket, "created_by_id"));
    }

    /** Of an article or, where the article came with a change of the ticket, of the ticket, which does not say what it is called. */
    private static Receipt receipt(Ticket ticket, JsonNode written) {
        return written.has("number")
                ? new Receipt(ticket, null, text(written, "updated_by_id"))
                : new Receipt(ticket, text(written, "id"), text(written, "created_by_id"));
    }

    private static String id(Ticket ticket) {
        return Objects.requireNonNull(ticket.id());
    }

    private static @Nullable String text(JsonNode node, String member) {
        var value = node.path(member);
        return value.isNumber() || value.isString() ? value.asString() : null;
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode nodes) {
        return StreamSupport.stream(nodes.spliterator(), false);
    }
}
