package dev.abendkasse.server.boxoffice.walk;

import static dev.abendkasse.server.boxoffice.walk.World.members;

import dev.abendkasse.server.checkout.domain.CheckoutCommand;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome;
import dev.abendkasse.server.checkout.domain.CheckoutRequest;
import dev.abendkasse.server.shared.Buyer;
import dev.abendkasse.server.shared.CartId;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.testing.Awaited;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** What buyers do with their carts. */
final class BuyerSteps {

    static final List<Step> ALL = List.of(
            new Step(14, BuyerSteps::create),
            new Step(4, BuyerSteps::add),
            new Step(2, BuyerSteps::remove),
            new Step(2, BuyerSteps::change),
            new Step(2, BuyerSteps::nameBuyer),
            new Step(1, BuyerSteps::abandon),
            new Step(22, BuyerSteps::checkOut));

    private BuyerSteps() {}

    /** Named seats, or the best of a category. */
    static Map<String, Object> selection(World world) {
        var seat = world.any(world.picture().free());
        var performance = seat == null ? new UUID(0x1_0000_0000L, 0) : seat.performance();
        if (seat != null && world.chance(30)) {
            return members("performanceId", performance, "seatIds", List.of(seat.seat()));
        }
        return members(
                "performanceId",
                performance,
                "category",
                world.oneOf("a", "b", "b", "ga", "ga"),
                "quantity",
                world.oneOf(1, 1, 2, 3),
                "priceType",
                world.oneOf(null, "full"));
    }

    private static void create(World world) {
        var cart = world.newId();
        world.once(
                "create_cart",
                members(
                        "cartId",
                        cart,
                        "tokenHash",
                        world.hashOf(cart),
                        "pickupCode",
                        "%06d".formatted(world.below(1_000_000)),
                        "shopId",
                        "main",
                        "customerId",
                        world.isOnAccount() || world.chance(60) ? world.any(World.CUSTOMERS) : null,
                        "selection",
                        world.chance(92) ? selection(world) : null));
    }

    private static void add(World world) {
        var cart = world.choose(world.picture().carts(), Picture.Cart::open);
        if (cart != null) {
            world.once("add_items", named(world, cart, "selection", selection(world)));
        }
    }

    private static void remove(World world) {
        var cart = world.choose(world.picture().carts(), Picture.Cart::filled);
        if (cart != null) {
            world.tell("remove_item", named(world, cart, "itemId", itemOf(world, cart.items())));
        }
    }

    private static void change(World world) {
        var cart = world.choose(world.picture().carts(), Picture.Cart::filled);
        if (cart != null) {
            var command = named(world, cart, "itemId", itemOf(world, cart.items()));
            command.put("priceType", world.oneOf("full", "reduced", "free"));
            world.tell("change_item", command);
        }
    }

    /** One that is there, now and then one that is not. */
    static UUID itemOf(World world, List<UUID> items) {
        return items.isEmpty() || world.chance(5) ? world.newId() : items.get(world.below(items.size()));
    }

    private static void nameBuyer(World world) {
        var cart = world.choose(world.picture().carts(), Picture.Cart::open);
        if (cart != null) {
            var buyer = buyer(world, cart.customer());
            var command = named(world, cart, "buyer", buyer);
            command.put("matchKey", world.keyOf(buyer.email()));
            world.tell("set_buyer", command);
        }
    }

    private static void abandon(World world) {
        var cart = world.choose(world.picture().carts(), Picture.Cart::open);
        if (cart != null) {
            world.tell("abandon_cart", named(world, cart, "none", null));
        }
    }

    private static Map<String, Object> named(World world, Picture.Cart cart, String member, @Nullable Object value) {
        return members(
                "cartId",
                cart.id(),
                "tokenHash",
                world.hashOf(cart.id()),
                "version",
                world.chance(90) ? Long.toString(cart.version()) : "1",
                member,
                value);
    }

    static Buyer buyer(World world, @Nullable UUID customer) {
        var email = customer == null ? "guest" + world.below(5) + "@example.org" : World.emailOf(customer);
        return new Buyer(email, "Example Buyer", null, null);
    }

    private static void checkOut(World world) {
        var cart = world.choose(world.picture().carts(), Picture.Cart::filled);
        if (cart == null) {
            return;
        }
        var mood = world.oneOf(
                StandInProvider.Mood.UP,
                StandInProvider.Mood.UP,
                StandInProvider.Mood.UP,
                StandInProvider.Mood.UP,
                StandInProvider.Mood.DOWN,
                StandInProvider.Mood.CUT_OFF);
        var command = checkout(world, cart, method(world));
        world.provider().is(mood);
        try {
            // One step after the other: the walk waits, on a thread of its own.
            var outcome = Awaited.of(world.checkouts().checkOut(command));
            if (outcome instanceof CheckoutOutcome.PaymentRequired(var _, var payment)) {
                world.begun(payment.paymentId(), command.repeat());
            }
            note(world, command, resultOf(outcome));
        } catch (StandInProvider.CutOff _) {
            note(world, command, "CUT_OFF");
        }
    }

    private static PurchaseMethod method(World world) {
        return world.isOnAccount() && world.chance(85)
                ? world.oneOf(PurchaseMethod.INVOICE, PurchaseMethod.PAY_LATER, PurchaseMethod.BANK_TRANSFER)
                : world.oneOf(PurchaseMethod.values());
    }

    private static CheckoutCommand checkout(World world, Picture.Cart cart, PurchaseMethod method) {
        var customer = cart.customer() == null || world.chance(8) ? null : new CustomerId(cart.customer());
        return new CheckoutCommand(
                new CartId(cart.id()),
                world.tokenOf(cart.id()),
                world.chance(95) ? cart.version() : cart.version() + 1,
                customer,
                new CheckoutRequest(method, buyer(world, cart.customer()), null),
                "de",
                world.newRepeat("checkout"));
    }

    private static void note(World world, CheckoutCommand command, String result) {
        var answer = JsonNodeFactory.instance.objectNode();
        var made = List.of("CONFIRMED", "RESERVED", "PAYMENTREQUIRED", "UNDERREVIEW", "REDIRECT", "CUT_OFF")
                .contains(result);
        answer.put(made ? "outcome" : "refused", result);
        world.note(
                "checkout " + result,
                members(
                        "cartId",
                        command.cart().value(),
                        "method",
                        command.request().method()),
                answer);
    }

    private static String resultOf(@Nullable CheckoutOutcome outcome) {
        return switch (outcome) {
            case CheckoutOutcome.Refused(var problem, var _) -> problem.name();
            case null -> "NOTHING";
            default -> outcome.getClass().getSimpleName().toUpperCase(Locale.ROOT);
        };
    }
}
