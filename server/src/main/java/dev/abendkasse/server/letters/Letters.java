package dev.abendkasse.server.letters;

import dev.abendkasse.server.letters.Enclosures.Enclosed;
import dev.abendkasse.server.letters.domain.Letter;
import dev.abendkasse.server.letters.domain.LetterFacts;
import dev.abendkasse.server.letters.domain.LetterFormats;
import dev.abendkasse.server.letters.domain.LetterModel;
import dev.abendkasse.server.mail.Mail;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Puts a letter together: its words, its link, its files. */
final class Letters {

    private final Enclosures enclosures;
    private final Function<UUID, Mono<String>> links;

    /** @param links where a payment link leads, with its secret: for the mail and nothing else */
    Letters(Enclosures enclosures, Function<UUID, Mono<String>> links) {
        this.enclosures = enclosures;
        this.links = links;
    }

    /**
     * Empty when its link cannot be paid any more.
     *
     * @param id the message's, the same on every try
     */
    Mono<Mail> write(UUID id, Letter letter, LetterFacts facts, String email) {
        var language = Locale.forLanguageTag(facts.language());
        return Mono.zip(
                address(letter, facts),
                enclosures.with(letter, facts, language),
                (url, enclosed) -> new Mail(
                        id,
                        facts.now(),
                        facts.sender(),
                        new Mail.Recipient(email, facts.order().buyer().name()),
                        language,
                        content(letter, facts, url, enclosed),
                        enclosed.files()));
    }

    private static Mail.Content content(Letter letter, LetterFacts facts, String url, Enclosed enclosed) {
        var formats = new LetterFormats(Locale.forLanguageTag(facts.language()));
        var model = new HashMap<>(LetterModel.of(facts, formats, url));
        model.put("tickets", enclosed.tickets().isPresent());
        model.put("invoice", enclosed.invoice().isPresent());
        var subject = List.of(facts.order().orderNumber(), LetterModel.occasion(facts));
        return new Mail.Content(letter.template(), subject, Map.copyOf(model));
    }

    /** Blank for letters without a link. */
    private Mono<String> address(Letter letter, LetterFacts facts) {
        return letter == Letter.PAYMENT_LINK
                ? links.apply(Objects.requireNonNull(facts.link()).linkId())
                : Mono.just("");
    }
}
