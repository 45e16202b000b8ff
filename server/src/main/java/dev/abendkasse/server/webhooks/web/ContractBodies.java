package dev.abendkasse.server.webhooks.web;

import dev.abendkasse.api.model.OrderState;
import dev.abendkasse.api.model.OrderWebhook;
import dev.abendkasse.api.model.OrderWebhookData;
import dev.abendkasse.api.model.OrderWebhookType;
import dev.abendkasse.api.model.PaymentStatus;
import dev.abendkasse.api.model.PerformanceState;
import dev.abendkasse.api.model.PerformanceWebhook;
import dev.abendkasse.api.model.PerformanceWebhookData;
import dev.abendkasse.api.model.PerformanceWebhookType;
import dev.abendkasse.api.model.TestWebhook;
import dev.abendkasse.api.model.TestWebhookData;
import dev.abendkasse.api.model.TestWebhookType;
import dev.abendkasse.server.shared.Item;
import dev.abendkasse.server.shared.OrderView;
import dev.abendkasse.server.web.PurchaseMapper;
import dev.abendkasse.server.webhooks.WebhookBodies;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes what endpoints are told as the contract's x-webhooks have it. */
@Component
class ContractBodies implements WebhookBodies {

    private final JsonMapper json;

    ContractBodies(JsonMapper json) {
        this.json = json;
    }

    @Override
    public byte[] of(String type, Instant occurredAt, String data) {
        return json.writeValueAsBytes(toContract(type, occurredAt, data));
    }

    /** As order_webhook_data() notes it. */
    private record Order(
            UUID orderId,
            String orderNumber,
            String shopId,
            OrderView.State state,
            OrderView.PaymentStatus paymentStatus,
            long version,
            List<Item> items,
            Item.Price total) {}

    /** As performance_webhook_data() notes it. */
    private record Performance(
            UUID performanceId, UUID eventId, Instant startsAt, String timeZone, String state, long version) {}

    /** As test_webhook() notes it. */
    private record Test(UUID webhookId) {}

    private Object toContract(String type, Instant at, String data) {
        return switch (type.substring(0, type.indexOf('.'))) {
            case "order" ->
                new OrderWebhook(OrderWebhookType.fromValue(type), at, toContract(json.readValue(data, Order.class)));
            case "performance" ->
                new PerformanceWebhook(
                        PerformanceWebhookType.fromValue(type),
                        at,
                        toContract(json.readValue(data, Performance.class)));
            default ->
                new TestWebhook(
                        TestWebhookType.fromValue(type),
                        at,
                        new TestWebhookData(json.readValue(data, Test.class).webhookId()));
        };
    }

    private static OrderWebhookData toContract(Order order) {
        return new OrderWebhookData(
                order.orderId(),
                order.orderNumber(),
                order.shopId(),
                OrderState.valueOf(order.state().name()),
                PaymentStatus.valueOf(order.paymentStatus().name()),
                order.version(),
                order.items().stream().map(PurchaseMapper::toContract).toList(),
                PurchaseMapper.toContract(order.total().money()));
    }

    private static PerformanceWebhookData toContract(Performance performance) {
        return new PerformanceWebhookData(
                performance.performanceId(),
                performance.eventId(),
                performance.startsAt(),
                performance.timeZone(),
                PerformanceState.fromValue(performance.state()),
                performance.version());
    }
}
