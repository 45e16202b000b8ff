package dev.abendkasse.server.boxoffice.walk;

import static dev.abendkasse.server.boxoffice.walk.World.members;

import java.util.List;
import java.util.UUID;

/** What the back office does. */
final class OfficeSteps {

    static final List<Step> ALL = List.of(
            new Step(6, OfficeSteps::bookTransfer),
            new Step(7, OfficeSteps::refundItems),
            new Step(2, OfficeSteps::refundMoney),
            new Step(2, OfficeSteps::confirmRefund),
            new Step(1, OfficeSteps::block),
            new Step(5, OfficeSteps::lift),
            new Step(1, OfficeSteps::cancelPerformance),
            new Step(3, OfficeSteps::advance));

    private static final String KEEP_FEE = "select walk_keep($1, $2, $3, $4)";
    private static final String LIFT = "update blacklist_entry set lifted_at = clock_timestamp() where entry_id = $1";

    private OfficeSteps() {}

    private static void bookTransfer(World world) {
        var order = world.choose(world.picture().orders(), one -> one.owed() > 0 && !one.is("CANCELLED", "EXPIRED"));
        if (order == null) {
            return;
        }
        var amount = world.oneOf(order.owed(), order.owed(), order.owed() / 2, order.owed() + 900);
        if (amount > 0) {
            world.once(
                    "book_received",
                    members(
                            "receivedPaymentId",
                            world.newId(),
                            "orderId",
                            order.id(),
                            "amount",
                            amount,
                            "currency",
                            "EUR",
                            "valueOn",
                            "2026-01-05",
                            "by",
                            "supervisor",
                            "caseNumber",
                            ProviderSteps.caseNumber(world)));
        }
    }

    private static void refundItems(World world) {
        var order = world.choose(world.picture().orders(), one -> one.is("CONFIRMED"));
        if (order == null || order.items().isEmpty()) {
            return;
        }
        var items = world.chance(60) ? order.items() : order.items().subList(0, 1);
        var fee = world.oneOf(0L, 0L, 300L);
        var command = members(
                "orderId",
                order.id(),
                "itemIds",
                items,
                "fee",
                fee,
                "reason",
                world.oneOf("GOODWILL", "STAFF_ERROR", "WITHDRAWAL"),
                "cause",
                "staff:" + world.newId(),
                "by",
                "supervisor",
                "note",
                "");
        if (world.once("refund_order", command).done()) {
            world.run(KEEP_FEE, order.id(), items.toArray(UUID[]::new), order.total(), fee);
        }
    }

    private static void refundMoney(World world) {
        var order = world.choose(world.picture().orders(), one -> one.is("CONFIRMED") && one.balance() > 0);
        if (order == null) {
            return;
        }
        var amount = world.oneOf(500L, 1000L, Math.max(1, order.balance()));
        var command = members(
                "orderId",
                order.id(),
                "amount",
                amount,
                "currency",
                "EUR",
                "reason",
                "GOODWILL",
                "cause",
                "staff:" + world.newId(),
                "by",
                "supervisor",
                "note",
                "");
        world.once("refund_order", command);
    }

    private static void confirmRefund(World world) {
        var refund = world.choose(world.picture().refunds(), one -> one.state().equals("BY_HAND"));
        if (refund != null) {
            world.tell("confirm_refund", members("refundId", refund.id(), "by", "supervisor", "note", "handed over"));
        }
    }

    static void block(World world) {
        var email = "guest" + world.below(5) + "@example.org";
        var customer = world.chance(40) ? world.any(World.CUSTOMERS) : null;
        world.tell(
                "add_blacklist_entry",
                members(
                        "customerId",
                        customer,
                        "email",
                        customer == null ? email : null,
                        "matchKey",
                        customer == null ? world.keyOf(email) : null,
                        "reason",
                        "sells them on",
                        "evidence",
                        List.of(),
                        "orders",
                        List.of(),
                        "otherOrders",
                        world.oneOf("KEEP", "END"),
                        "by",
                        "supervisor"));
    }

    private static void lift(World world) {
        var entry = world.any(world.picture().blocks());
        if (entry != null) {
            world.run(LIFT, entry);
        }
    }

    /** Mostly the second evening, so that the walk can go on. */
    private static void cancelPerformance(World world) {
        if (world.chance(25)) {
            var evening = new UUID((world.chance(80) ? 2L : 1L) << 32, 0);
            world.once(
                    "change_performance",
                    members("performanceId", evening, "kind", "CANCELLATION", "reason", "ill", "by", "supervisor"));
        }
    }

    private static void advance(World world) {
        var change = world.any(world.picture().changes());
        if (change != null) {
            world.tell(
                    "advance_performance_change",
                    members("changeId", change, "caseNumbers", ProviderSteps.caseNumbers(world, 2)));
        }
    }
}
