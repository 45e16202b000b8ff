package dev.abendkasse.server.letters;

import dev.abendkasse.server.letters.domain.Letter;
import dev.abendkasse.server.letters.domain.LetterFacts;
import dev.abendkasse.server.letters.domain.LetterFormats;
import dev.abendkasse.server.letters.domain.LetterModel;
import dev.abendkasse.server.mail.Mail;
import dev.abendkasse.server.mail.Mail.Attachment;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Puts a letter together: its words, its link, its tickets. */
@Component
class Letters {

    private final ObjectProvider<TicketFile> tickets;
    private final ObjectProvider<LinkAddress> links;

    Letters(ObjectProvider<TicketFile> tickets, ObjectProvider<LinkAddress> links) {
        this.tickets = tickets;
        this.links = links;
    }

    /** @param id the message's, the same on every try */
    Mono<Mail> write(UUID id, Letter letter, LetterFacts facts, String email) {
        var language = Locale.forLanguageTag(facts.language());
        return Mono.zip(address(letter, facts), enclosed(letter, facts, language))
                .map(found -> new Mail(
                        id,
                        facts.now(),
                        facts.shop(),
                        new Mail.Recipient(email, facts.order().buyer().name()),
                        language,
                        content(letter, facts, new LetterFormats(language), found.getT1(), found.getT2()),
                        found.getT2()));
    }

    private static Mail.Content content(
            Letter letter, LetterFacts facts, LetterFormats formats, String url, List<Attachment> enclosed) {
        var model = new HashMap<>(LetterModel.of(facts, formats, url));
        model.put("enclosed", !enclosed.isEmpty());
        var subject = List.of(facts.order().orderNumber(), LetterModel.occasion(facts));
        return new Mail.Content(letter.template(), subject, Map.copyOf(model));
    }

    /** Blank for letters without a link. */
    private Mono<String> address(Letter letter, LetterFacts facts) {
        if (letter != Letter.PAYMENT_LINK) {
            return Mono.just("");
        }
        return Mono.justOrEmpty(links.getIfAvailable())
                .flatMap(address ->
                        address.of(Objects.requireNonNull(facts.link()).linkId()))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("Nobody knows the link's address")));
    }

    private Mono<List<Attachment>> enclosed(Letter letter, LetterFacts facts, Locale language) {
        if (letter != Letter.ORDER_CONFIRMED) {
            return Mono.just(List.of());
        }
        var name = "tickets-" + facts.order().orderNumber() + ".pdf";
        return Mono.justOrEmpty(tickets.getIfAvailable())
                .flatMap(file -> file.of(facts.order().orderId(), language))
                .map(pdf -> List.of(new Attachment(name, "application/pdf", pdf)))
                .defaultIfEmpty(List.of());
    }
}
