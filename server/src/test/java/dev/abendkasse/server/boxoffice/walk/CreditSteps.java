package dev.abendkasse.server.boxoffice.walk;

import static dev.abendkasse.server.boxoffice.walk.World.members;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What people decide of cases and limits, and what customers ask for. */
final class CreditSteps {

    static final List<Step> ALL = List.of(
            new Step(9, CreditSteps::approve),
            new Step(3, decide("reject_case", one -> one.is("CREDIT_LIMIT", "TECHNICAL", "LIMIT_REQUEST"))),
            new Step(1, decide("settle_case", one -> one.is("LATE_PAYMENT", "DISPUTE"))),
            new Step(2, CreditSteps::setLimit),
            new Step(1, CreditSteps::requestLimit));

    private CreditSteps() {}

    private static void approve(World world) {
        var file = world.choose(
                world.picture().cases(), one -> one.open() && one.is("CREDIT_LIMIT", "TECHNICAL", "LIMIT_REQUEST"));
        if (file == null) {
            return;
        }
        var command = decision(world, file);
        var link = world.newId();
        command.put("linkId", link);
        command.put("tokenHash", world.hashOf(link));
        if (file.is("LIMIT_REQUEST") && world.chance(40)) {
            command.put("limit", euros(limit(world, file.amount())));
        }
        world.once("approve_case", command);
    }

    private static Consumer<World> decide(String function, Predicate<Picture.Case> sensible) {
        return world -> {
            var file = world.choose(world.picture().cases(), one -> one.open() && sensible.test(one));
            if (file != null) {
                world.once(function, decision(world, file));
            }
        };
    }

    /** Mostly on what was looked at last. */
    private static Map<String, Object> decision(World world, Picture.Case file) {
        return members(
                "actor",
                Clerk.SUPERVISOR.actor(),
                "caseNumber",
                file.number(),
                "version",
                world.chance(93) ? file.version() : file.version() - 1,
                "reason",
                "has been called");
    }

    private static void setLimit(World world) {
        var account = Objects.requireNonNull(world.any(world.picture().accounts()));
        world.tell(
                "set_credit_limit",
                members(
                        "customerId",
                        account.customer(),
                        "version",
                        account.version(),
                        "limit",
                        world.chance(25) ? null : limit(world, account.exposure()),
                        "reason",
                        "pays in time",
                        "by",
                        "supervisor"));
    }

    private static void requestLimit(World world) {
        var account = Objects.requireNonNull(world.any(world.picture().accounts()));
        world.once(
                "request_credit_limit",
                members(
                        "customerId",
                        account.customer(),
                        "limit",
                        limit(world, account.exposure()),
                        "currency",
                        "EUR",
                        "caseNumbers",
                        ProviderSteps.caseNumbers(world, 3)));
    }

    /** Around what matters: what is owed, exactly or a cent to either side, nothing, little, much. */
    private static long limit(World world, long around) {
        return world.oneOf(around, Math.max(0, around - 1), around + 5_000, 0L, 20_000L, 100_000L, 100_000L);
    }

    private static Map<String, Object> euros(long amount) {
        return members("amount", amount, "currency", "EUR");
    }
}
