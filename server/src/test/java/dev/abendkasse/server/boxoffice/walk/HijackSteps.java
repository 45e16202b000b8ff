package dev.abendkasse.server.boxoffice.walk;

import static dev.abendkasse.server.boxoffice.walk.World.members;

import java.util.List;
import java.util.Objects;

/** How clerks come by what customers have begun, and by what has run out. */
final class HijackSteps {

    static final List<Step> ALL = List.of(
            new Step(14, HijackSteps::warnOfCart),
            new Step(16, HijackSteps::warnOfOrder),
            new Step(26, HijackSteps::confirm),
            new Step(2, HijackSteps::withdraw),
            new Step(4, HijackSteps::recoverCart),
            new Step(6, HijackSteps::recoverOrder));

    private HijackSteps() {}

    private static void warnOfCart(World world) {
        var cart = world.choose(world.picture().carts(), Picture.Cart::filled);
        if (cart == null) {
            return;
        }
        var byCode = world.chance(40);
        world.once(
                "create_hijack",
                members(
                        "actor",
                        (byCode ? anybody(world) : ofOurs(world)).actor(),
                        "hijackId",
                        world.newId(),
                        byCode ? "pickupCode" : "cartId",
                        byCode ? cart.code() : cart.id()));
    }

    private static void warnOfOrder(World world) {
        var order = world.choose(world.picture().orders(), Picture.Order::waits);
        if (order != null) {
            world.once(
                    "create_hijack",
                    members("actor", anybody(world).actor(), "hijackId", world.newId(), "orderId", order.id()));
        }
    }

    private static Clerk anybody(World world) {
        return Clerk.ALL.get(world.below(Clerk.ALL.size()));
    }

    private static Clerk ofOurs(World world) {
        return world.oneOf(Clerk.CLERK, Clerk.SUPERVISOR, Clerk.COLLEAGUE);
    }

    private static void confirm(World world) {
        var hijack = world.choose(world.picture().hijacks(), one -> one.state().equals("WARNED") && !one.past());
        if (hijack == null) {
            return;
        }
        var version = versionOf(world, hijack);
        var order = world.newId();
        world.once(
                "confirm_hijack",
                members(
                        "actor",
                        (world.chance(93) ? Clerk.named(hijack.clerk()) : anybody(world)).actor(),
                        "hijackId",
                        hijack.id(),
                        "version",
                        world.chance(93) ? version : version - 1,
                        "reason",
                        world.chance(60) ? "asked for it" : null,
                        "orderId",
                        order,
                        "orderTokenHash",
                        world.hashOf(order),
                        "language",
                        world.oneOf("de", "en")));
    }

    private static long versionOf(World world, Picture.Hijack hijack) {
        if (hijack.cart() != null) {
            return world.picture().carts().stream()
                    .filter(cart -> cart.id().equals(hijack.cart()))
                    .findFirst()
                    .orElseThrow()
                    .version();
        }
        return world.picture().orders().stream()
                .filter(order -> order.id().equals(Objects.requireNonNull(hijack.order())))
                .findFirst()
                .orElseThrow()
                .version();
    }

    private static void withdraw(World world) {
        var hijack = world.choose(world.picture().hijacks(), one -> one.state().equals("WARNED"));
        if (hijack != null) {
            world.once(
                    "withdraw_hijack",
                    members("actor", Clerk.named(hijack.clerk()).actor(), "hijackId", hijack.id()));
        }
    }

    private static void recoverCart(World world) {
        var cart = world.choose(
                world.picture().carts(),
                one -> one.state().equals("CLOSED") || one.state().equals("OPEN") && one.past());
        if (cart != null) {
            var order = world.newId();
            world.once(
                    "recover_cart",
                    members(
                            "actor",
                            ofOurs(world).actor(),
                            "cartId",
                            cart.id(),
                            "orderId",
                            order,
                            "orderTokenHash",
                            world.hashOf(order),
                            "reason",
                            world.oneOf(null, "came too late")));
        }
    }

    private static void recoverOrder(World world) {
        var order = world.choose(
                world.picture().orders(),
                one -> one.is("EXPIRED") || one.past() && one.is("AWAITING_PAYMENT", "RESERVED", "UNDER_REVIEW"));
        if (order != null) {
            world.once(
                    "recover_order",
                    members(
                            "actor",
                            ofOurs(world).actor(),
                            "orderId",
                            order.id(),
                            "caseNumber",
                            ProviderSteps.caseNumber(world),
                            "reason",
                            world.oneOf(null, "came too late")));
        }
    }
}
