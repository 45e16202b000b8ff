package dev.abendkasse.server.newsletter.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.newsletter.domain.Bounce;
import dev.abendkasse.server.newsletter.domain.IssueMailFacts;
import dev.abendkasse.server.newsletter.domain.Obstacle;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Who is sent an issue, and what becomes of each mail; the functions are those of R__6_newsletter_issues.sql. */
@Repository
public class DispatchStore {

    private final Functions functions;

    DispatchStore(Functions functions) {
        this.functions = functions;
    }

    private record Step(int perMinute, int batch) {}

    /** Lets the issue whose turn it is go on by a batch. Says how many customers were looked at. */
    public Mono<Integer> advance(int perMinute, int batch) {
        return functions
                .call("advance_newsletter", new Step(perMinute, batch))
                .map(answer -> answer.get("looked").asInt());
    }

    /** A mail is about to leave; empty when it must not. */
    public Mono<IssueMailFacts> begin(UUID delivery) {
        return functions
                .call("begin_newsletter_mail", Map.of("deliveryId", delivery))
                .filter(answer -> !answer.isEmpty())
                .map(answer -> functions.read(answer, IssueMailFacts.class));
    }

    private record End(
            UUID deliveryId,
            @Nullable Obstacle reason,
            @Nullable Boolean recipientRefused,
            @Nullable String status) {}

    public Mono<Void> sent(UUID delivery) {
        return end(new End(delivery, null, null, null));
    }

    public Mono<Void> leaveOut(UUID delivery, Obstacle reason) {
        return end(new End(delivery, reason, null, null));
    }

    /** Its address cannot be reached. */
    public Mono<Void> refused(UUID delivery, String status) {
        return end(new End(delivery, Obstacle.REFUSED, true, status));
    }

    private Mono<Void> end(End end) {
        return functions.call("end_newsletter_mail", end).then();
    }

    /** Once per event. Says nothing of whether it was of any concern. */
    public Mono<Void> note(Bounce bounce) {
        return functions.call("note_newsletter_bounce", bounce).then();
    }
}
