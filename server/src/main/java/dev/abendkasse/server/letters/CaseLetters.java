package dev.abendkasse.server.letters;

import dev.abendkasse.server.letters.domain.CaseLetter;
import dev.abendkasse.server.letters.domain.CaseLetterFacts;
import dev.abendkasse.server.letters.domain.LetterFormats;
import dev.abendkasse.server.mail.Mail;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.OneLine;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Puts letters about cases together. */
final class CaseLetters {

    private final Function<UUID, Mono<String>> questions;

    /** @param questions where a question is answered, with its secret: for the mail and nothing else */
    CaseLetters(Function<UUID, Mono<String>> questions) {
        this.questions = questions;
    }

    /**
     * Empty when there is nowhere to answer its question.
     *
     * @param id the message's, the same on every try
     */
    Mono<Mail> write(UUID id, CaseLetter letter, CaseLetterFacts facts, String email) {
        return address(letter, facts)
                .map(url -> new Mail(
                        id,
                        facts.now(),
                        facts.sender(),
                        new Mail.Recipient(email, facts.buyer()),
                        Locale.forLanguageTag(facts.language()),
                        content(letter, facts, url),
                        List.of()));
    }

    private static Mail.Content content(CaseLetter letter, CaseLetterFacts facts, String url) {
        var number = new CaseNumber(facts.caseNumber()).grouped();
        var model = new HashMap<String, Object>();
        model.put("caseNumber", number);
        model.put("limit", new LetterFormats(Locale.forLanguageTag(facts.language())).money(facts.limit()));
        if (facts.buyer() != null) {
            model.put("buyer", OneLine.of(facts.buyer()));
        }
        if (letter == CaseLetter.CASE_QUESTION) {
            model.put("question", Objects.requireNonNull(facts.question()));
            model.put("url", url);
        }
        return new Mail.Content(letter.template(), List.of(number), model);
    }

    /** Blank for letters that ask nothing. */
    private Mono<String> address(CaseLetter letter, CaseLetterFacts facts) {
        return letter == CaseLetter.CASE_QUESTION
                ? questions.apply(Objects.requireNonNull(facts.messageId()))
                : Mono.just("");
    }
}
