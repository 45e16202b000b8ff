package dev.abendkasse.server.auditdesk.web;

import static java.util.Objects.requireNonNull;

import dev.abendkasse.api.AuditApi;
import dev.abendkasse.api.model.AuditCheck;
import dev.abendkasse.api.model.AuditCheckRequest;
import dev.abendkasse.api.model.AuditEntryPage;
import dev.abendkasse.api.model.AuditHead;
import dev.abendkasse.server.auditdesk.AuditDesk;
import dev.abendkasse.server.auditdesk.AuditHeads;
import dev.abendkasse.server.auditdesk.domain.AuditSearch;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.TimeCursors;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class AuditController implements AuditApi {

    private final AuditDesk desk;
    private final AuditHeads heads;
    private final Commands commands;

    AuditController(AuditDesk desk, AuditHeads heads, Commands commands) {
        this.desk = desk;
        this.heads = heads;
        this.commands = commands;
    }

    @Override
    public Mono<ResponseEntity<AuditEntryPage>> listAuditEntries(
            @Nullable String by,
            @Nullable String action,
            @Nullable String subject,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable String cursor,
            Integer limit,
            ServerWebExchange exchange) {
        var position = TimeCursors.read(cursor, Long::valueOf);
        var search = new AuditSearch(by, action, subject, from, until, position == null ? null : position.id());
        return Callers.name()
                .flatMap(reader -> commands.run(desk.list(search, limit, reader)))
                .map(AuditMapper::toPage)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<AuditHead>> getAuditHead(ServerWebExchange exchange) {
        return heads.head()
                .flatMap(heads::sign)
                .zipWhen(_ -> heads.keys(), AuditMapper::toContract)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<AuditCheck>> checkAudit(Mono<AuditCheckRequest> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name(), this::check)
                .flatMap(commands::run)
                .map(AuditMapper::toContract)
                .map(ResponseEntity::ok);
    }

    private Mono<AuditDesk.CheckedChain> check(AuditCheckRequest request, String by) {
        return desk.check(
                requireNonNull(request.getFrom()), requireNonNull(request.getLimit()), request.getSignedHead(), by);
    }
}
