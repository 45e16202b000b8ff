package dev.abendkasse.server.access.web;

import dev.abendkasse.api.ApiClientsApi;
import dev.abendkasse.api.model.Allotment;
import dev.abendkasse.api.model.ApiClientAccount;
import dev.abendkasse.api.model.ApiClientChange;
import dev.abendkasse.api.model.ApiClientDraft;
import dev.abendkasse.api.model.ApiClientPage;
import dev.abendkasse.api.model.ApiClientSecret;
import dev.abendkasse.api.model.ApiClientSecretRotation;
import dev.abendkasse.server.access.Allotments;
import dev.abendkasse.server.access.ApiClientDesk;
import dev.abendkasse.server.access.NewClient;
import dev.abendkasse.server.access.NewSecret;
import dev.abendkasse.server.access.SecretRotation;
import dev.abendkasse.server.access.domain.AccessResult;
import dev.abendkasse.server.access.domain.AllotmentView;
import dev.abendkasse.server.access.domain.ClientCommand;
import dev.abendkasse.server.access.domain.ClientView;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.Repeats;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class ApiClientController implements ApiClientsApi {

    private final ApiClientDesk clients;
    private final Allotments allotments;
    private final Commands commands;
    private final Repeats repeats;

    ApiClientController(ApiClientDesk clients, Allotments allotments, Commands commands, Repeats repeats) {
        this.clients = clients;
        this.allotments = allotments;
        this.commands = commands;
        this.repeats = repeats;
    }

    @Override
    public Mono<ResponseEntity<ApiClientPage>> listApiClients(
            @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        return clients.list(AccessMapper.cursor(cursor), limit)
                .map(AccessMapper::toClientPage)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<ApiClientSecret>> createApiClient(
            UUID idempotencyKey, Mono<ApiClientDraft> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name(), (draft, by) -> toDomain(idempotencyKey, draft, by))
                .flatMap(client -> commands.run(clients.create(client)))
                .map(AccessMapper::doneOrProblem)
                .map(made -> answer(HttpStatus.CREATED, made));
    }

    @Override
    public Mono<ResponseEntity<ApiClientAccount>> getApiClient(String clientId, ServerWebExchange exchange) {
        return clients.find(clientId)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.API_CLIENT_NOT_FOUND)))
                .map(ApiClientController::answer);
    }

    @Override
    public Mono<ResponseEntity<ApiClientAccount>> updateApiClient(
            String clientId, String ifMatch, Mono<ApiClientChange> body, ServerWebExchange exchange) {
        var version = Objects.requireNonNull(Headers.version(ifMatch));
        return body.zipWith(
                        Callers.name(),
                        (change, by) ->
                                new ClientCommand.Change(clientId, version, change.getName(), change.getScopes(), by))
                .flatMap(change -> run(clients.change(change)));
    }

    @Override
    public Mono<ResponseEntity<ApiClientAccount>> lockApiClient(String clientId, ServerWebExchange exchange) {
        return Callers.name().flatMap(by -> run(clients.lock(clientId, by)));
    }

    @Override
    public Mono<ResponseEntity<ApiClientAccount>> unlockApiClient(String clientId, ServerWebExchange exchange) {
        return Callers.name().flatMap(by -> run(clients.unlock(clientId, by)));
    }

    @Override
    public Mono<ResponseEntity<ApiClientSecret>> rotateApiClientSecret(
            String clientId, UUID idempotencyKey, Mono<ApiClientSecretRotation> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name(), (request, by) -> toDomain(clientId, idempotencyKey, request, by))
                .flatMap(rotation -> commands.run(clients.rotate(rotation)))
                .map(AccessMapper::doneOrProblem)
                .map(made -> answer(HttpStatus.OK, made));
    }

    @Override
    public Mono<ResponseEntity<Allotment>> getAllotment(String clientId, ServerWebExchange exchange) {
        return allotments
                .of(clientId)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.API_CLIENT_NOT_FOUND)))
                .map(ApiClientController::answer);
    }

    @Override
    public Mono<ResponseEntity<Allotment>> putAllotment(
            String clientId, String ifMatch, Mono<Allotment> body, ServerWebExchange exchange) {
        var version = Objects.requireNonNull(Headers.version(ifMatch));
        return body.zipWith(Callers.name(), (allotment, by) -> toDomain(clientId, version, allotment, by))
                .flatMap(command -> commands.run(allotments.set(command)))
                .map(AccessMapper::doneOrProblem)
                .map(ApiClientController::answer);
    }

    private NewClient toDomain(UUID key, ApiClientDraft draft, String by) {
        return new NewClient(
                draft.getClientId(),
                draft.getName(),
                draft.getScopes(),
                by,
                repeats.of("createApiClient:" + by, key, draft));
    }

    private SecretRotation toDomain(String clientId, UUID key, ApiClientSecretRotation request, String by) {
        return new SecretRotation(
                clientId,
                request.getOldSecretSeconds(),
                by,
                repeats.of("rotateApiClientSecret:" + clientId + ":" + by, key, request));
    }

    /** Whoever may sell everything has no list. */
    private static ClientCommand.Allot toDomain(String clientId, long version, Allotment allotment, String by) {
        return new ClientCommand.Allot(
                clientId,
                version,
                allotment.getEverything(),
                listed(allotment, allotment.getEventIds()),
                listed(allotment, allotment.getPerformanceIds()),
                by);
    }

    private static List<UUID> listed(Allotment allotment, @Nullable Set<UUID> ids) {
        return ids == null || allotment.getEverything() ? List.of() : List.copyOf(ids);
    }

    private Mono<ResponseEntity<ApiClientAccount>> run(Mono<AccessResult<ClientView>> command) {
        return commands.run(command).map(AccessMapper::doneOrProblem).map(ApiClientController::answer);
    }

    private static ResponseEntity<ApiClientAccount> answer(ClientView client) {
        return ResponseEntity.ok().eTag(Headers.etag(client.version())).body(AccessMapper.toContract(client));
    }

    private static ResponseEntity<ApiClientSecret> answer(HttpStatus status, NewSecret made) {
        return ResponseEntity.status(status)
                .eTag(Headers.etag(made.client().version()))
                .body(AccessMapper.toContract(made));
    }

    private static ResponseEntity<Allotment> answer(AllotmentView allotment) {
        return ResponseEntity.ok().eTag(Headers.etag(allotment.version())).body(AccessMapper.toContract(allotment));
    }
}
