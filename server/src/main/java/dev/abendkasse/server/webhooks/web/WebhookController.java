package dev.abendkasse.server.webhooks.web;

import dev.abendkasse.api.WebhooksApi;
import dev.abendkasse.api.model.WebhookDelivery;
import dev.abendkasse.api.model.WebhookDeliveryPage;
import dev.abendkasse.api.model.WebhookDeliveryState;
import dev.abendkasse.api.model.WebhookEndpoint;
import dev.abendkasse.api.model.WebhookEndpointChange;
import dev.abendkasse.api.model.WebhookEndpointCreation;
import dev.abendkasse.api.model.WebhookEndpointDraft;
import dev.abendkasse.api.model.WebhookEndpointPage;
import dev.abendkasse.api.model.WebhookReplay;
import dev.abendkasse.api.model.WebhookReplayReceipt;
import dev.abendkasse.api.model.WebhookSecret;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.TimeCursors;
import dev.abendkasse.server.webhooks.WebhookDeliveries;
import dev.abendkasse.server.webhooks.WebhookEndpoints;
import dev.abendkasse.server.webhooks.domain.Endpoint;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class WebhookController implements WebhooksApi {

    private final WebhookEndpoints endpoints;
    private final WebhookDeliveries deliveries;
    private final WebhookMapper mapper;
    private final Commands commands;

    WebhookController(
            WebhookEndpoints endpoints, WebhookDeliveries deliveries, WebhookMapper mapper, Commands commands) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.mapper = mapper;
        this.commands = commands;
    }

    @Override
    public Mono<ResponseEntity<WebhookEndpointPage>> listWebhookEndpoints(
            @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        return endpoints
                .list(TimeCursors.read(cursor, UUID::fromString), limit)
                .map(mapper::toPage)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<WebhookEndpointCreation>> createWebhookEndpoint(
            Mono<WebhookEndpointDraft> body, ServerWebExchange exchange) {
        return body.map(WebhookMapper::toDomain)
                .zipWith(Callers.name(), endpoints::add)
                .flatMap(commands::run)
                .map(mapper::createdOrProblem)
                .map(created -> ResponseEntity.status(HttpStatus.CREATED)
                        .eTag(Headers.etag(created.getEndpoint().getVersion()))
                        .body(created));
    }

    @Override
    public Mono<ResponseEntity<WebhookEndpoint>> getWebhookEndpoint(UUID webhookId, ServerWebExchange exchange) {
        return find(webhookId).map(this::answer);
    }

    @Override
    public Mono<ResponseEntity<WebhookEndpoint>> updateWebhookEndpoint(
            UUID webhookId, String ifMatch, Mono<WebhookEndpointChange> body, ServerWebExchange exchange) {
        var version = Objects.requireNonNull(Headers.version(ifMatch));
        return body.map(change -> WebhookMapper.toDomain(webhookId, version, change))
                .zipWith(Callers.name(), endpoints::change)
                .flatMap(commands::run)
                .map(mapper::doneOrProblem)
                .map(this::answer);
    }

    @Override
    public Mono<ResponseEntity<WebhookEndpoint>> deleteWebhookEndpoint(UUID webhookId, ServerWebExchange exchange) {
        return Callers.name()
                .flatMap(by -> commands.run(endpoints.remove(webhookId, by)))
                .map(mapper::doneOrProblem)
                .map(mapper::toContract)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<WebhookSecret>> rotateWebhookSecret(UUID webhookId, ServerWebExchange exchange) {
        return Callers.name()
                .flatMap(by -> commands.run(endpoints.rotate(webhookId, by)))
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.WEBHOOK_NOT_FOUND)))
                .map(WebhookMapper::toContract)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<WebhookDelivery>> sendTestWebhook(UUID webhookId, ServerWebExchange exchange) {
        return Callers.name()
                .flatMap(by -> commands.run(deliveries.test(webhookId, by)))
                .map(WebhookMapper::sendingOrProblem)
                .map(ResponseEntity.accepted()::body);
    }

    @Override
    public Mono<ResponseEntity<WebhookDeliveryPage>> listWebhookDeliveries(
            UUID webhookId,
            @Nullable WebhookDeliveryState state,
            @Nullable String cursor,
            Integer limit,
            ServerWebExchange exchange) {
        var before = TimeCursors.read(cursor, UUID::fromString);
        return find(webhookId)
                .flatMap(_ -> deliveries.list(webhookId, WebhookMapper.toDomain(state), before, limit))
                .map(WebhookMapper::toDeliveries)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<WebhookDelivery>> replayWebhookDelivery(
            UUID webhookId, UUID deliveryId, ServerWebExchange exchange) {
        return Callers.name()
                .flatMap(by -> commands.run(deliveries.replay(webhookId, deliveryId, by)))
                .map(WebhookMapper::sendingOrProblem)
                .map(ResponseEntity.accepted()::body);
    }

    @Override
    public Mono<ResponseEntity<WebhookReplayReceipt>> replayWebhookDeliveries(
            UUID webhookId, Mono<WebhookReplay> body, ServerWebExchange exchange) {
        return body.zipWith(
                        Callers.name(),
                        (replay, by) -> deliveries.replaySince(
                                webhookId, replay.getSince(), Boolean.TRUE.equals(replay.getDelivered()), by))
                .flatMap(commands::run)
                .map(WebhookMapper::replayingOrProblem)
                .map(ResponseEntity.accepted()::body);
    }

    private Mono<Endpoint> find(UUID webhookId) {
        return endpoints
                .find(webhookId)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.WEBHOOK_NOT_FOUND)));
    }

    private ResponseEntity<WebhookEndpoint> answer(Endpoint endpoint) {
        return ResponseEntity.ok().eTag(Headers.etag(endpoint.version())).body(mapper.toContract(endpoint));
    }
}
