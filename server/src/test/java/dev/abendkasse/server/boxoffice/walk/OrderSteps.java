package dev.abendkasse.server.boxoffice.walk;

import static dev.abendkasse.server.boxoffice.walk.World.members;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What buyers do with their orders, and those who have a link. */
final class OrderSteps {

    static final List<Step> ALL = List.of(
            new Step(12, OrderSteps::startPayment),
            new Step(5, OrderSteps::cancel),
            new Step(5, OrderSteps::release),
            new Step(4, OrderSteps::returnTickets),
            new Step(6, OrderSteps::payByLink));

    private static final String KEEP_FEES = """
            select walk_keep($1, $2, $3, (
                select sum(case state when 'CANCELLED' then 0 else least(500, amount) end)::bigint
                  from order_item join performance using (performance_id)
                 where order_id = $1 and item_id = any ($2)))
            """;

    private OrderSteps() {}

    private static void startPayment(World world) {
        var order = world.choose(
                world.picture().orders(),
                one -> one.is("AWAITING_PAYMENT", "RESERVED") && !one.past() && !one.processing());
        if (order != null) {
            var command = named(order);
            command.put("paymentId", world.newId());
            command.put("method", world.oneOf("CARD", "PAYPAL", "SEPA_DEBIT"));
            world.once("start_payment", command);
        }
    }

    private static void cancel(World world) {
        var order = world.choose(world.picture().orders(), Picture.Order::waits);
        if (order != null) {
            world.once("cancel_order", named(order));
        }
    }

    private static void release(World world) {
        var order =
                world.choose(world.picture().orders(), one -> one.waits() && one.is("AWAITING_PAYMENT", "RESERVED"));
        if (order != null) {
            var cart = world.newId();
            var command = named(order);
            command.put("cartId", cart);
            command.put("cartTokenHash", world.hashOf(cart));
            command.put("pickupCode", "%06d".formatted(world.below(1_000_000)));
            world.once("release_order", command);
        }
    }

    private static void returnTickets(World world) {
        var order = world.choose(world.picture().orders(), one -> one.is("CONFIRMED"));
        if (order == null || order.items().isEmpty()) {
            return;
        }
        var items = world.chance(60) ? order.items() : order.items().subList(0, 1);
        var command = named(order);
        command.put("itemIds", items);
        command.put("cause", "return:" + world.newId());
        if (world.once("return_tickets", command).done()) {
            world.run(KEEP_FEES, order.id(), items.toArray(UUID[]::new), order.total());
        }
    }

    private static void payByLink(World world) {
        var link = world.choose(world.picture().links(), one -> one.state().equals("OPEN"));
        if (link != null) {
            var amount = members("amount", world.chance(92) ? link.amount() : link.amount() + 1, "currency", "EUR");
            world.once(
                    "pay_by_link",
                    members(
                            "tokenHash",
                            link.token(),
                            "amount",
                            amount,
                            "paymentId",
                            world.newId(),
                            "method",
                            world.oneOf("CARD", "PAYPAL", "SEPA_DEBIT")));
        }
    }

    private static Map<String, Object> named(Picture.Order order) {
        return members("orderId", order.id(), "tokenHash", order.token());
    }
}
