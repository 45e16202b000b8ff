package dev.abendkasse.server.webhooks.domain;

import dev.abendkasse.server.shared.problem.ProblemType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a wish to send something. */
public sealed interface DeliveryResult {

    /** It is on its way. */
    record Sending(Delivery delivery) implements DeliveryResult {}

    /**
     * Many are on their way.
     *
     * @param through when the last of them happened; null when there is none
     */
    record Replaying(int replayed, @Nullable Instant through) implements DeliveryResult {}

    /** Nothing is sent. */
    record Refused(ProblemType problem) implements DeliveryResult {}
}
