package dev.abendkasse.server.webhooks.web;

import dev.abendkasse.api.model.WebhookDelivery;
import dev.abendkasse.api.model.WebhookDeliveryPage;
import dev.abendkasse.api.model.WebhookDeliveryState;
import dev.abendkasse.api.model.WebhookEndpoint;
import dev.abendkasse.api.model.WebhookEndpointChange;
import dev.abendkasse.api.model.WebhookEndpointCreation;
import dev.abendkasse.api.model.WebhookEndpointDraft;
import dev.abendkasse.api.model.WebhookEndpointPage;
import dev.abendkasse.api.model.WebhookEventType;
import dev.abendkasse.api.model.WebhookHealth;
import dev.abendkasse.api.model.WebhookReplayReceipt;
import dev.abendkasse.api.model.WebhookSecret;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.webhooks.NewEndpoint;
import dev.abendkasse.server.webhooks.RotatedSecret;
import dev.abendkasse.server.webhooks.WebhookProperties;
import dev.abendkasse.server.webhooks.domain.Delivery;
import dev.abendkasse.server.webhooks.domain.DeliveryResult;
import dev.abendkasse.server.webhooks.domain.Endpoint;
import dev.abendkasse.server.webhooks.domain.EndpointChange;
import dev.abendkasse.server.webhooks.domain.EndpointDraft;
import dev.abendkasse.server.webhooks.domain.EndpointResult;
import dev.abendkasse.server.webhooks.domain.EndpointUrl;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Contract types on one side, domain types on the other. Names of states are the same on both. */
@Component
class WebhookMapper {

    private final WebhookProperties properties;

    WebhookMapper(WebhookProperties properties) {
        this.properties = properties;
    }

    static EndpointDraft toDomain(WebhookEndpointDraft draft) {
        return new EndpointDraft(draft.getUrl(), draft.getDescription(), names(draft.getEvents()), draft.getClientId());
    }

    static EndpointChange toDomain(UUID endpointId, long version, WebhookEndpointChange change) {
        return new EndpointChange(
                endpointId,
                version,
                change.getUrl(),
                change.getDescription(),
                names(change.getEvents()),
                change.getActive());
    }

    static Delivery.@Nullable State toDomain(@Nullable WebhookDeliveryState state) {
        return state == null ? null : Delivery.State.valueOf(state.name());
    }

    Endpoint doneOrProblem(EndpointResult result) {
        return switch (result) {
            case EndpointResult.Done(var endpoint) -> endpoint;
            case EndpointResult.Refused(var problem)
            when problem == ProblemType.INVALID_REQUEST ->
                throw new ProblemException(problem, Fault.at("#/clientId", "{fault.unknown}"));
            case EndpointResult.Refused(var problem) -> throw new ProblemException(problem);
            case EndpointResult.NotAllowed(var fault) ->
                throw new ProblemException(ProblemType.WEBHOOK_URL_NOT_ALLOWED, Fault.at("#/url", text(fault)));
        };
    }

    WebhookEndpointCreation createdOrProblem(NewEndpoint created) {
        return new WebhookEndpointCreation(toContract(doneOrProblem(created.result())), created.secret());
    }

    WebhookEndpointPage toPage(Page<Endpoint> page) {
        return new WebhookEndpointPage()
                .items(page.items().stream().map(this::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    WebhookEndpoint toContract(Endpoint endpoint) {
        return new WebhookEndpoint(
                        endpoint.endpointId(),
                        endpoint.version(),
                        endpoint.url(),
                        endpoint.description(),
                        endpoint.events().stream()
                                .map(WebhookEventType::fromValue)
                                .collect(Collectors.toCollection(LinkedHashSet::new)),
                        endpoint.active(),
                        WebhookHealth.valueOf(
                                endpoint.health(properties.failingAfter()).name()),
                        endpoint.failures(),
                        endpoint.createdAt())
                .clientId(endpoint.clientId())
                .failingSince(endpoint.failingSince())
                .lastDeliveredAt(endpoint.deliveredAt())
                .oldSecretUntil(endpoint.oldSecretUntil());
    }

    static WebhookSecret toContract(RotatedSecret secret) {
        return new WebhookSecret(secret.secret(), secret.oldUntil());
    }

    static WebhookDelivery sendingOrProblem(DeliveryResult result) {
        return switch (result) {
            case DeliveryResult.Sending(var delivery) -> toContract(delivery);
            case DeliveryResult.Refused(var problem) -> throw new ProblemException(problem);
            case DeliveryResult.Replaying _ -> throw new IllegalStateException("One was asked for");
        };
    }

    static WebhookReplayReceipt replayingOrProblem(DeliveryResult result) {
        return switch (result) {
            case DeliveryResult.Replaying(var replayed, var through) ->
                new WebhookReplayReceipt(replayed).through(through);
            case DeliveryResult.Refused(var problem) -> throw new ProblemException(problem);
            case DeliveryResult.Sending _ -> throw new IllegalStateException("Many were asked for");
        };
    }

    static WebhookDeliveryPage toDeliveries(Page<Delivery> page) {
        return new WebhookDeliveryPage()
                .items(page.items().stream().map(WebhookMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    private static WebhookDelivery toContract(Delivery delivery) {
        return new WebhookDelivery(
                        delivery.deliveryId(),
                        delivery.type(),
                        WebhookDeliveryState.valueOf(delivery.state().name()),
                        delivery.tries(),
                        delivery.occurredAt())
                .orderId(delivery.orderId())
                .performanceId(delivery.performanceId())
                .lastTriedAt(delivery.triedAt())
                .nextTryAt(delivery.nextTryAt())
                .deliveredAt(delivery.deliveredAt())
                .status(delivery.status())
                .error(delivery.error());
    }

    private static String text(EndpointUrl.Fault fault) {
        return switch (fault) {
            case NOT_HTTPS -> "{fault.https}";
            case NOT_A_PLAIN_ADDRESS -> "{fault.url-parts}";
            case NOT_A_PUBLIC_HOST -> "{fault.host}";
        };
    }

    private static List<String> names(Collection<WebhookEventType> events) {
        return events.stream().map(WebhookEventType::getValue).sorted().toList();
    }
}
