package dev.abendkasse.server.webhooks;

import dev.abendkasse.server.outbox.OutboxHandler;
import dev.abendkasse.server.outbox.OutboxMessage;
import dev.abendkasse.server.outbox.TryLater;
import dev.abendkasse.server.webhooks.domain.Outgoing;
import dev.abendkasse.server.webhooks.domain.Verdict;
import dev.abendkasse.server.webhooks.store.DeliveryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Delivers what the outbox has for endpoints. What was meant for one that is inactive or gone is dropped. */
@Component
class WebhookHandler implements OutboxHandler {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookHandler.class);

    /** How long a message waits whose endpoint has as many on their way as it may. */
    private static final Duration NEXT_TURN = Duration.ofSeconds(5);

    private final DeliveryStore deliveries;
    private final WebhookLetters letters;
    private final WebhookSender sender;
    private final WebhookTurns turns;
    private final WebhookProperties properties;

    WebhookHandler(
            DeliveryStore deliveries,
            WebhookLetters letters,
            WebhookSender sender,
            WebhookTurns turns,
            WebhookProperties properties) {
        this.deliveries = deliveries;
        this.letters = letters;
        this.sender = sender;
        this.turns = turns;
        this.properties = properties;
    }

    @Override
    public String kind() {
        return "WEBHOOK";
    }

    @Override
    public int atOnce() {
        return properties.atOnce();
    }

    @Override
    public Mono<Void> handle(OutboxMessage message) {
        return deliveries
                .outgoing(UUID.fromString(message.key()))
                .filter(Outgoing::active)
                .flatMap(this::inTurn);
    }

    private Mono<Void> inTurn(Outgoing outgoing) {
        return turns.take(outgoing.endpointId())
                ? deliver(outgoing).doFinally(_ -> turns.giveBack(outgoing.endpointId()))
                : Mono.error(() -> notYet(outgoing));
    }

    /** What waits for an endpoint that is failing must not come round all the time: it is as if it had been tried. */
    private TryLater notYet(Outgoing outgoing) {
        return outgoing.failures() < properties.failingAfter()
                ? TryLater.untried(NEXT_TURN)
                : TryLater.notBefore("The endpoint is failing, and enough is on its way to it", NEXT_TURN);
    }

    private Mono<Void> deliver(Outgoing outgoing) {
        return Mono.defer(() -> sender.send(letters.of(outgoing)))
                .map(attempt -> Verdict.on(attempt, Instant.now()))
                .flatMap(verdict -> deliveries.note(outgoing, verdict).thenReturn(verdict))
                .flatMap(verdict -> end(outgoing, verdict));
    }

    private static Mono<Void> end(Outgoing outgoing, Verdict verdict) {
        if (verdict.outcome() == Verdict.Outcome.GONE) {
            LOG.warn("Webhook endpoint {} wants nothing any more and is inactive now", outgoing.endpointId());
        }
        return verdict.error() == null || verdict.outcome() == Verdict.Outcome.GONE
                ? Mono.empty()
                : Mono.error(TryLater.notBefore(verdict.error(), verdict.pause()));
    }
}
