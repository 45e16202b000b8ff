package dev.abendkasse.server.boxoffice.walk;

import static dev.abendkasse.server.boxoffice.walk.World.members;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What clerks do with the orders that they have, and with those that others have. */
final class DeskSteps {

    static final List<Step> ALL = List.of(
            new Step(6, DeskSteps::create),
            new Step(4, at("add_desk_items", DeskSteps::selection)),
            new Step(3, at("remove_desk_item", DeskSteps::item)),
            new Step(3, at("change_desk_item", DeskSteps::priceType)),
            new Step(6, at("set_desk_buyer", DeskSteps::buyer)),
            new Step(2, at("set_desk_note", (_, command) -> command.put("note", "calls back"))),
            new Step(3, at("renew_lease", (_, _) -> {})),
            new Step(11, DeskSteps::reserve),
            new Step(8, link(one -> one.atTheDesk() && !one.review())),
            new Step(4, link(one -> one.waits() && one.is("RESERVED", "AWAITING_PAYMENT"))),
            new Step(9, DeskSteps::takePayment),
            new Step(9, on("hand_back", DeskSteps::untouched, DeskSteps::code)),
            new Step(3, at("cancel_at_desk", DeskSteps::refundReason)),
            new Step(
                    9,
                    on(
                            "open_desk_case",
                            one -> one.atTheDesk() && one.customer() != null && !one.review(),
                            DeskSteps::caseOffer)),
            new Step(5, DeskSteps::takeOver));

    private DeskSteps() {}

    private static void create(World world) {
        var buyer = world.oneOf(
                null,
                members("name", "Example Caller"),
                members("phone", "+49 30 1"),
                members("email", "a@example.org"));
        world.once(
                "create_desk_order",
                members(
                        "actor",
                        world.oneOf(Clerk.CLERK, Clerk.SUPERVISOR, Clerk.COLLEAGUE, Clerk.PARTNER)
                                .actor(),
                        "orderId",
                        world.newId(),
                        "orderTokenHash",
                        world.hashOf(world.newId()),
                        "shopId",
                        "main",
                        "selection",
                        BuyerSteps.selection(world),
                        "buyer",
                        buyer));
    }

    private static Consumer<World> at(String function, BiConsumer<World, Map<String, Object>> more) {
        return on(function, Picture.Order::atTheDesk, more);
    }

    /** A command on an order that is at the box office, if there is one. */
    private static Consumer<World> on(
            String function, Predicate<Picture.Order> sensible, BiConsumer<World, Map<String, Object>> more) {
        return world -> {
            var order = world.choose(world.picture().orders(), sensible);
            if (order != null) {
                var command = byItsClerk(world, order);
                command.put("defaultLimit", World.DEFAULT_LIMIT);
                command.put("itemId", BuyerSteps.itemOf(world, order.items()));
                more.accept(world, command);
                world.once(function, command);
            }
        };
    }

    /** Mostly by whoever has it; now and then by somebody else, or with the fence of before. */
    private static Map<String, Object> byItsClerk(World world, Picture.Order order) {
        var clerk = world.chance(90) ? Clerk.named(order.clerk()) : Clerk.ALL.get(world.below(Clerk.ALL.size()));
        var fence = world.chance(93) ? order.fence() : order.fence() - 1;
        return members("actor", clerk.actor(), "orderId", order.id(), "fence", fence);
    }

    private static boolean untouched(Picture.Order order) {
        return order.atTheDesk() && order.givesBack() && order.balance() == 0;
    }

    private static void selection(World world, Map<String, Object> command) {
        command.put("selection", BuyerSteps.selection(world));
    }

    private static void item(World world, Map<String, Object> command) {
        command.remove("defaultLimit");
    }

    private static void priceType(World world, Map<String, Object> command) {
        command.put("priceType", world.oneOf("full", "reduced", "free"));
    }

    private static void buyer(World world, Map<String, Object> command) {
        var email = "guest" + world.below(5) + "@example.org";
        command.put("buyer", members("email", email, "name", "Example Buyer"));
        command.put("matchKey", world.keyOf(email));
    }

    static void code(World world, Map<String, Object> command) {
        command.put("pickupCode", "%06d".formatted(world.below(1_000_000)));
    }

    private static void refundReason(World world, Map<String, Object> command) {
        if (world.chance(70)) {
            command.put("refundReason", world.oneOf("STAFF_ERROR", "GOODWILL"));
        }
    }

    private static void caseOffer(World world, Map<String, Object> command) {
        command.put("caseNumbers", ProviderSteps.caseNumbers(world, 3));
        command.put("seconds", 259_200);
        command.put("note", "wants more");
    }

    private static void reserve(World world) {
        on(
                        "reserve_at_desk",
                        one -> one.atTheDesk() && !one.review() || one.waits() && one.is("RESERVED"),
                        (_, command) -> {
                            if (world.chance(35)) {
                                var days = Duration.ofDays(world.below(12) - 1L);
                                command.put("payUntil", Instant.now().plus(days).toString());
                            }
                        })
                .accept(world);
    }

    private static Consumer<World> link(Predicate<Picture.Order> sensible) {
        return on("send_payment_link", sensible, (world, command) -> {
            var link = world.newId();
            command.put("linkId", link);
            command.put("tokenHash", world.hashOf(link));
            command.put("delivery", world.oneOf("PRINT", "PRINT", "EMAIL"));
            command.put("by", "clerk");
        });
    }

    private static void takePayment(World world) {
        var order = world.choose(world.picture().orders(), Picture.Order::atTheDesk);
        if (order == null) {
            return;
        }
        var command = byItsClerk(world, order);
        var amount = world.chance(60) ? order.owed() : order.owed() / 2 + world.oneOf(0L, 0L, order.owed() + 100);
        var method = world.oneOf("CASH", "CARD_TERMINAL", "VOUCHER");
        command.put("counterPaymentId", world.newId());
        command.put("caseNumber", ProviderSteps.caseNumber(world));
        command.put("method", method);
        command.put("amount", members("amount", amount, "currency", "EUR"));
        if (method.equals("CASH")) {
            command.put("tendered", amount + world.oneOf(0, 500, 500, -100));
        } else {
            command.put("reference", "r" + world.below(1000));
        }
        if (!method.equals("CASH") || amount >= 100) {
            world.once("take_payment", command);
        }
    }

    private static void takeOver(World world) {
        var order = world.choose(world.picture().orders(), one -> one.atTheDesk() && !one.leased());
        if (order != null) {
            var clerk = world.chance(70) ? Clerk.SUPERVISOR : Clerk.ALL.get(world.below(Clerk.ALL.size()));
            world.once(
                    "take_over_order",
                    members("actor", clerk.actor(), "orderId", order.id(), "reason", "is not here today"));
        }
    }
}
