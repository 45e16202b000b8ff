package dev.abendkasse.server.boxoffice.web;

import dev.abendkasse.server.boxoffice.Task;
import dev.abendkasse.server.security.Clerk;
import dev.abendkasse.server.security.Clerks;
import dev.abendkasse.server.shared.Actor;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Repeats;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What all that clerks do has in common: somebody does it, it can be repeated, and it runs to its end. */
@Component
class Desk {

    private final Commands commands;
    private final Repeats repeats;

    Desk(Commands commands, Repeats repeats) {
        this.commands = commands;
        this.repeats = repeats;
    }

    /** @param clerk the Clerk header */
    <B, T> Mono<T> run(Mono<B> body, @Nullable String clerk, BiFunction<B, Actor, Mono<T>> command) {
        return body.flatMap(request -> run(clerk, actor -> command.apply(request, actor)));
    }

    /** The same without a body. */
    <T> Mono<T> run(@Nullable String clerk, Function<Actor, Mono<T>> command) {
        return Clerks.of(clerk).map(Clerk::actor).flatMap(actor -> commands.run(command.apply(actor)));
    }

    /** For looking only. */
    <T> Mono<T> look(Function<Actor, Mono<T>> query) {
        return Clerks.reading().map(Clerk::actor).flatMap(query);
    }

    /** @param subject what the operation is about; another clerk never gets this one's answer */
    Idempotency repeat(String operation, Object subject, UUID key, Actor actor, @Nullable Object... request) {
        return repeats.of(operation + ":" + subject + ":" + actor.name(), key, request);
    }

    /** @param request what the request says besides its fence and its key */
    Task task(String operation, UUID order, UUID key, @Nullable Long fence, Actor actor, @Nullable Object... request) {
        var all = Arrays.copyOf(request, request.length + 1);
        all[request.length] = fence;
        return new Task(order, fence, actor, repeat(operation, order, key, actor, all));
    }
}
