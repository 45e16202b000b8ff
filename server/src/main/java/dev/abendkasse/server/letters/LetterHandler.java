package dev.abendkasse.server.letters;

import dev.abendkasse.server.letters.domain.Letter;
import dev.abendkasse.server.letters.domain.LetterFacts;
import dev.abendkasse.server.letters.store.LetterStore;
import dev.abendkasse.server.mail.Mailer;
import dev.abendkasse.server.outbox.OutboxHandler;
import dev.abendkasse.server.outbox.OutboxMessage;
import dev.abendkasse.server.outbox.Undeliverable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Writes to buyers what has been posted for them, if it still holds: between posting and sending much can happen. */
@Component
class LetterHandler implements OutboxHandler {

    private static final Logger LOG = LoggerFactory.getLogger(LetterHandler.class);

    private final LetterStore store;
    private final Letters letters;
    private final Mailer mailer;

    LetterHandler(LetterStore store, Letters letters, Mailer mailer) {
        this.store = store;
        this.letters = letters;
        this.mailer = mailer;
    }

    @Override
    public String kind() {
        return "MAIL";
    }

    @Override
    public int atOnce() {
        return mailer.atOnce();
    }

    @Override
    public Mono<Void> handle(OutboxMessage message) {
        var letter = Letter.byTemplate(message.payload().path("template").asString(""))
                .orElseThrow(() -> new Undeliverable("There is no such letter"));
        return store.facts(message.payload())
                .filter(facts -> holds(letter, facts, message))
                .flatMap(facts -> Mono.justOrEmpty(facts.email())
                        .flatMap(email -> letters.write(message.id(), letter, facts, email)))
                .flatMap(mailer::send);
    }

    private static boolean holds(Letter letter, LetterFacts facts, OutboxMessage message) {
        var holds = letter.holds(facts);
        if (!holds) {
            LOG.info("{} {} does not hold any more and is not sent", letter.template(), message.id());
        }
        return holds;
    }
}
