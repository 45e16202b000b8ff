package dev.abendkasse.server.boxoffice.walk;

import static dev.abendkasse.server.boxoffice.walk.World.members;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;

/** Time that passes, and those who tidy up after it. */
final class TimeSteps {

    static final List<Step> ALL = List.of(
            new Step(10, TimeSteps::passForOne),
            new Step(2, TimeSteps::passForAll),
            new Step(3, world -> sweep(world, "sweep_carts")),
            new Step(3, world -> sweep(world, "lapse_hijacks")),
            new Step(4, TimeSteps::expire),
            new Step(6, TimeSteps::runOut),
            new Step(8, TimeSteps::endLease));

    private TimeSteps() {}

    /** A warning, a lease, a cart, a payment, a day, a case or link, a reservation, a direct debit. */
    private static int seconds(World world) {
        return world.oneOf(200, 660, 660, 1_000, 2_000, 90_000, 300_000, 700_000, 1_300_000);
    }

    private static void passForOne(World world) {
        var order = world.choose(world.picture().orders(), one -> one.waits() || one.atTheDesk());
        var cart = world.choose(world.picture().carts(), Picture.Cart::open);
        if (order != null && world.chance(65)) {
            pass(world, seconds(world), ids(order.id(), order.cart()));
        } else if (cart != null && !cart.state().equals("HIJACKED")) {
            pass(world, seconds(world), ids(cart.id()));
        }
    }

    private static UUID[] ids(UUID... ids) {
        return Stream.of(ids).filter(Objects::nonNull).toArray(UUID[]::new);
    }

    private static void pass(World world, int seconds, UUID... ids) {
        world.run("select walk_pass($1, $2)", seconds, ids);
        note(world, "time passes", members("seconds", seconds, "for", List.of(ids)));
    }

    private static void passForAll(World world) {
        var seconds = world.oneOf(200, 660, 1_000, 2_000);
        world.run("select walk_pass($1, null)", seconds);
        note(world, "time passes", members("seconds", seconds));
    }

    private static void note(World world, String name, Map<String, Object> what) {
        world.note(name, what, JsonNodeFactory.instance.objectNode());
    }

    private static void sweep(World world, String function) {
        world.run("select " + function + "(100)");
        note(world, function, Map.of());
    }

    private static void expire(World world) {
        world.tell("expire_orders", members("caseNumbers", ProviderSteps.caseNumbers(world, 3)));
    }

    private static void runOut(World world) {
        var order = world.choose(world.picture().orders(), one -> one.waits() && !one.processing());
        if (order != null) {
            pass(world, 700_000, ids(order.id(), order.cart()));
            expire(world);
        }
    }

    private static void endLease(World world) {
        var command = members();
        DeskSteps.code(world, command);
        command.put("defaultLimit", World.DEFAULT_LIMIT);
        world.tell("end_lease", command);
    }
}
