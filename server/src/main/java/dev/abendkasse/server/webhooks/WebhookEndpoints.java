package dev.abendkasse.server.webhooks;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.webhooks.domain.AddressPolicy;
import dev.abendkasse.server.webhooks.domain.Endpoint;
import dev.abendkasse.server.webhooks.domain.EndpointChange;
import dev.abendkasse.server.webhooks.domain.EndpointDraft;
import dev.abendkasse.server.webhooks.domain.EndpointResult;
import dev.abendkasse.server.webhooks.domain.EndpointUrl;
import dev.abendkasse.server.webhooks.store.EndpointStore;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** The endpoints, for staff. */
@Service
public class WebhookEndpoints {

    private final EndpointStore endpoints;
    private final WebhookSecrets secrets;
    private final WebhookProperties properties;
    private final Audit audit;

    WebhookEndpoints(EndpointStore endpoints, WebhookSecrets secrets, WebhookProperties properties, Audit audit) {
        this.endpoints = endpoints;
        this.secrets = secrets;
        this.properties = properties;
        this.audit = audit;
    }

    /** The oldest first. */
    public Mono<Page<Endpoint>> list(@Nullable TimeCursor<UUID> after, int limit) {
        return endpoints
                .list(after, limit + 1)
                .collectList()
                .map(found -> Page.of(
                        found,
                        limit,
                        endpoint -> new TimeCursor<>(endpoint.createdAt(), endpoint.endpointId()).text()));
    }

    /** Empty when there is none. */
    public Mono<Endpoint> find(UUID endpointId) {
        return endpoints.find(endpointId);
    }

    /** @param by who adds it */
    public Mono<NewEndpoint> add(EndpointDraft draft, String by) {
        return Mono.fromSupplier(secrets::make)
                .flatMap(secret -> ifAllowed(draft.url(), () -> endpoints.add(draft, secret.encrypted()))
                        .map(result -> new NewEndpoint(result, secret.text())))
                .transform(added -> audit.notedIf(added, made -> done(made.result(), "webhook.create", by)));
    }

    public Mono<EndpointResult> change(EndpointChange change, String by) {
        return audit.notedIf(
                ifAllowed(change.url(), () -> endpoints.change(change)), result -> done(result, "webhook.change", by));
    }

    public Mono<EndpointResult> remove(UUID endpointId, String by) {
        return audit.notedIf(endpoints.remove(endpointId), result -> done(result, "webhook.remove", by));
    }

    /** Empty when there is no such endpoint. */
    public Mono<RotatedSecret> rotate(UUID endpointId, String by) {
        return Mono.fromSupplier(secrets::make)
                .flatMap(secret -> endpoints
                        .rotate(endpointId, secret.encrypted(), properties.oldSecretFor())
                        .map(until -> new RotatedSecret(secret.text(), until)))
                .transform(rotated -> audit.noted(rotated, _ -> AuditNote.of(by, "webhook.rotate-secret", endpointId)));
    }

    /** The endpoint as it is then. What was refused is not written down. */
    private static Optional<AuditNote> done(EndpointResult result, String action, String by) {
        return result instanceof EndpointResult.Done(var endpoint)
                ? Optional.of(AuditNote.of(by, action, endpoint.endpointId(), Map.of("endpoint", endpoint)))
                : Optional.empty();
    }

    private Mono<EndpointResult> ifAllowed(String url, Supplier<Mono<EndpointResult>> work) {
        return EndpointUrl.faultIn(url, properties.allowHttp(), new AddressPolicy(properties.allowPrivate()))
                .map(fault -> Mono.<EndpointResult>just(new EndpointResult.NotAllowed(fault)))
                .orElseGet(work);
    }
}
