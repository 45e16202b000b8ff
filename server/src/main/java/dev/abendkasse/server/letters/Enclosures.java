package dev.abendkasse.server.letters;

import dev.abendkasse.server.letters.domain.Letter;
import dev.abendkasse.server.letters.domain.LetterFacts;
import dev.abendkasse.server.mail.Mail.Attachment;
import dev.abendkasse.server.shared.PurchaseMethod;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** The files that go with a confirmation: the tickets, and the invoice if it is paid by one. */
final class Enclosures {

    private final OrderFile tickets;
    private final OrderFile invoices;

    Enclosures(OrderFile tickets, OrderFile invoices) {
        this.tickets = tickets;
        this.invoices = invoices;
    }

    /** Makes a PDF about an order; empty when there is none. */
    interface OrderFile {
        Mono<byte[]> of(UUID orderId, Locale language);
    }

    /** What goes with one letter. */
    record Enclosed(Optional<Attachment> tickets, Optional<Attachment> invoice) {

        static final Enclosed NOTHING = new Enclosed(Optional.empty(), Optional.empty());

        List<Attachment> files() {
            return Stream.of(tickets, invoice).flatMap(Optional::stream).toList();
        }
    }

    Mono<Enclosed> with(Letter letter, LetterFacts facts, Locale language) {
        return letter == Letter.ORDER_CONFIRMED
                ? Mono.zip(tickets(facts.order(), language), invoice(facts.order(), language), Enclosed::new)
                : Mono.just(Enclosed.NOTHING);
    }

    private Mono<Optional<Attachment>> tickets(LetterFacts.Order order, Locale language) {
        return named("tickets-" + order.orderNumber(), tickets.of(order.orderId(), language));
    }

    private Mono<Optional<Attachment>> invoice(LetterFacts.Order order, Locale language) {
        var pdf = order.paymentMethod() == PurchaseMethod.INVOICE
                ? invoices.of(order.orderId(), language)
                : Mono.<byte[]>empty();
        return named("invoice-" + order.orderNumber(), pdf);
    }

    private static Mono<Optional<Attachment>> named(String name, Mono<byte[]> pdf) {
        return pdf.map(bytes -> Optional.of(new Attachment(name + ".pdf", "application/pdf", bytes)))
                .defaultIfEmpty(Optional.empty());
    }
}
