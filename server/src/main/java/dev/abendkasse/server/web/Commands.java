package dev.abendkasse.server.web;

import dev.abendkasse.server.database.Commits;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Runs commands that move seats or money to their end, whether or not the client is still there: a client that hangs up
 * must not cancel a transaction half-way. Beyond a number of them at once the next is refused at the door.
 */
@Component
public class Commands {

    private final Commits commits;
    private final Bulkhead bulkhead;

    Commands(Commits commits, @Value("${abendkasse.web.commands-at-once:256}") int atOnce) {
        this.commits = commits;
        this.bulkhead = Bulkhead.of(
                "commands",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(atOnce)
                        .maxWaitDuration(Duration.ZERO)
                        .build());
    }

    /** Waits for the command's result; cancelling the wait does not cancel the command. */
    public <T> Mono<T> run(Mono<T> command) {
        return Mono.deferContextual(context -> Mono.fromFuture(
                commits.announce(command)
                        .transformDeferred(BulkheadOperator.of(bulkhead))
                        .contextWrite(context)
                        .toFuture(),
                true));
    }
}
