package dev.abendkasse.server.boxoffice.walk;

import static dev.abendkasse.server.boxoffice.walk.World.members;

import java.util.ArrayList;
import java.util.List;

/** What the payment provider says, late, twice and in any order. */
final class ProviderSteps {

    static final List<Step> ALL = List.of(
            new Step(8, ProviderSteps::open),
            new Step(36, ProviderSteps::notice),
            new Step(6, ProviderSteps::lateNotice),
            new Step(5, ProviderSteps::lateSuccess),
            new Step(7, ProviderSteps::refund),
            new Step(9, ProviderSteps::dispute));

    private static final String FACT = """
            insert into payment_fact (provider, event_id, payment_id, kind, amount, currency, occurred_at, body)
            values ('walk', $1, $2, $3, $4, 'EUR', clock_timestamp(), '{}')
            """;

    private ProviderSteps() {}

    private static void open(World world) {
        var payment = world.choose(world.picture().payments(), one -> !one.opened());
        if (payment != null) {
            world.tell(
                    "payment_opened",
                    members(
                            "paymentId",
                            payment.id(),
                            "reference",
                            "ref-" + payment.id(),
                            "url",
                            "https://pay.example.org",
                            "repeat",
                            world.openingOf(payment.id())));
        }
    }

    private static void notice(World world) {
        var kind = world.oneOf("PROCESSING", "PROCESSING", "SUCCEEDED", "DECLINED", "FAILED", "CANCELLED");
        tellOf(world, List.of("CREATED", "ACTION_REQUIRED", "PROCESSING"), kind);
    }

    private static void lateNotice(World world) {
        var kind = world.oneOf("SUCCEEDED", "SUCCEEDED", "PROCESSING", "FAILED");
        tellOf(world, List.of("CANCELLED", "FAILED", "SUCCEEDED"), kind);
    }

    private static void tellOf(World world, List<String> states, String kind) {
        var payment = world.choose(world.picture().payments(), one -> states.contains(one.state()));
        if (payment != null) {
            tell(world, payment, kind);
        }
    }

    /** For an order that nobody waits for any more. */
    private static void lateSuccess(World world) {
        var expired = world.picture().orders().stream()
                .filter(order -> order.is("EXPIRED"))
                .map(Picture.Order::id)
                .toList();
        var payment = world.any(world.picture().payments().stream()
                .filter(one -> !one.state().equals("SUCCEEDED") && expired.contains(one.order()))
                .toList());
        if (payment != null) {
            tell(world, payment, "SUCCEEDED");
        }
    }

    private static void tell(World world, Picture.Payment payment, String kind) {
        var amount = amountOf(world, payment);
        world.run(FACT, world.newId().toString(), payment.id(), kind, amount);
        var times = world.chance(15) ? 2 : 1;
        for (int i = 0; i < times; i++) {
            world.tell(
                    "settle_payment",
                    members(
                            "paymentId",
                            payment.id(),
                            "kind",
                            kind,
                            "amount",
                            amount,
                            "currency",
                            "EUR",
                            "reference",
                            "ref-" + payment.id(),
                            "caseNumber",
                            caseNumber(world)));
        }
    }

    /** A payment brings one amount, however often that is said. */
    private static long amountOf(World world, Picture.Payment payment) {
        var succeeded = payment.succeeded();
        if (succeeded != null) {
            return succeeded;
        }
        return world.oneOf(
                payment.amount(), payment.amount(), payment.amount(), payment.amount() / 2 + 1, payment.amount() + 700);
    }

    static String caseNumber(World world) {
        return "9%09d".formatted(world.below(1_000_000_000));
    }

    static List<String> caseNumbers(World world, int count) {
        var numbers = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            numbers.add(caseNumber(world));
        }
        return numbers;
    }

    private static void refund(World world) {
        var refund = world.choose(world.picture().refunds(), one -> !one.state().equals("BY_HAND"));
        if (refund != null) {
            world.tell(
                    "settle_refund",
                    members(
                            "refundId",
                            refund.id(),
                            "state",
                            world.oneOf("SUCCEEDED", "FAILED"),
                            "reference",
                            "back",
                            "caseNumber",
                            caseNumber(world)));
        }
    }

    private static void dispute(World world) {
        var payment = world.any(world.picture().payments().stream()
                .filter(one -> one.state().equals("SUCCEEDED"))
                .toList());
        if (payment == null) {
            return;
        }
        var open = payment.disputes().stream()
                .filter(one -> one.state().equals("OPEN"))
                .findFirst();
        var kind = open.isEmpty() ? "DISPUTED" : world.oneOf("DISPUTE_WON", "DISPUTE_LOST");
        world.tell(
                "settle_dispute",
                members(
                        "paymentId",
                        payment.id(),
                        "kind",
                        kind,
                        "amount",
                        payment.succeeded(),
                        "currency",
                        "EUR",
                        "subject",
                        open.map(Picture.Dispute::subject)
                                .orElse("d" + payment.disputes().size() + payment.id()),
                        "caseNumber",
                        caseNumber(world),
                        "secondCaseNumber",
                        caseNumber(world)));
    }
}
