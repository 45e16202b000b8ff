package dev.abendkasse.server.letters;

import dev.abendkasse.server.cases.CaseQuestions;
import dev.abendkasse.server.letters.domain.CaseLetter;
import dev.abendkasse.server.letters.store.LetterStore;
import dev.abendkasse.server.mail.Mailer;
import dev.abendkasse.server.outbox.OutboxHandler;
import dev.abendkasse.server.outbox.OutboxMessage;
import dev.abendkasse.server.outbox.Undeliverable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Writes to customers about their cases what has been posted for them, if it still holds. */
@Component
class CaseLetterHandler implements OutboxHandler {

    private final LetterStore store;
    private final CaseLetters letters;
    private final Mailer mailer;

    CaseLetterHandler(LetterStore store, CaseQuestions questions, Mailer mailer) {
        this.store = store;
        this.letters = new CaseLetters(questions::urlOf);
        this.mailer = mailer;
    }

    @Override
    public String kind() {
        return "CASE_MAIL";
    }

    @Override
    public int atOnce() {
        return mailer.atOnce();
    }

    @Override
    public Mono<Void> handle(OutboxMessage message) {
        var letter = CaseLetter.byTemplate(message.payload().path("template").asString(""))
                .orElseThrow(() -> new Undeliverable("There is no such letter"));
        return store.caseFacts(message.payload())
                .filter(letter::holds)
                .flatMap(facts -> Mono.justOrEmpty(facts.email())
                        .flatMap(email -> letters.write(message.id(), letter, facts, email)))
                .flatMap(mailer::send);
    }
}
