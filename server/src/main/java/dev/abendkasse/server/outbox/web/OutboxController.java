package dev.abendkasse.server.outbox.web;

import dev.abendkasse.api.OutboxApi;
import dev.abendkasse.api.model.OutboxDismissal;
import dev.abendkasse.api.model.OutboxMessage;
import dev.abendkasse.api.model.OutboxMessagePage;
import dev.abendkasse.api.model.OutboxQueue;
import dev.abendkasse.server.outbox.OutboxDesk;
import dev.abendkasse.server.outbox.domain.OutboxEntry;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.web.Commands;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class OutboxController implements OutboxApi {

    private final OutboxDesk desk;
    private final Commands commands;

    OutboxController(OutboxDesk desk, Commands commands) {
        this.desk = desk;
        this.commands = commands;
    }

    @Override
    public Mono<ResponseEntity<OutboxMessagePage>> listOutboxMessages(
            @Nullable OutboxQueue state,
            @Nullable String kind,
            @Nullable String cursor,
            Integer limit,
            ServerWebExchange exchange) {
        return desk.list(OutboxMapper.toSearch(state, kind, cursor), limit)
                .map(OutboxMapper::toPage)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<OutboxMessage>> retryOutboxMessage(UUID messageId, ServerWebExchange exchange) {
        return Callers.name()
                .flatMap(by -> commands.run(desk.retry(messageId, by)))
                .transform(entry -> answer(entry, OutboxEntry.State.WAITING));
    }

    @Override
    public Mono<ResponseEntity<OutboxMessage>> dismissOutboxMessage(
            UUID messageId, Mono<OutboxDismissal> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name(), (request, by) -> desk.dismiss(messageId, by, request.getNote()))
                .flatMap(commands::run)
                .transform(entry -> answer(entry, OutboxEntry.State.DISMISSED));
    }

    private static Mono<ResponseEntity<OutboxMessage>> answer(Mono<OutboxEntry> entry, OutboxEntry.State wanted) {
        return entry.switchIfEmpty(Mono.error(OutboxMapper::notFound))
                .map(found -> OutboxMapper.inState(found, wanted))
                .map(OutboxMapper::toContract)
                .map(ResponseEntity::ok);
    }
}
