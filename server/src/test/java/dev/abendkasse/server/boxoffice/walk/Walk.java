package dev.abendkasse.server.boxoffice.walk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Walks at random through one world, and looks after each step whether everything is as it must be. */
final class Walk {

    /** Everything that can happen. */
    static final List<Step> STEPS = Stream.of(
                    BuyerSteps.ALL,
                    OrderSteps.ALL,
                    ProviderSteps.ALL,
                    DeskSteps.ALL,
                    HijackSteps.ALL,
                    OfficeSteps.ALL,
                    CreditSteps.ALL,
                    TimeSteps.ALL)
            .flatMap(List::stream)
            .toList();

    private static final Set<String> UNINTERESTING = Set.of("repeat", "tokenHash", "orderTokenHash", "matchKey");
    private static final int REMEMBERED = 30;
    private static final int DEAD_ENDS_EVERY = 25;
    private static final int AGAIN = 3;

    private final long seed;
    private final List<Step> steps;
    private final int weights;
    private final World world;
    private final Deque<String> last = new ArrayDeque<>();
    private final Map<String, Integer> results = new TreeMap<>();

    Walk(long seed) {
        this(seed, STEPS, new World(seed));
    }

    /** @param steps what may happen, as often as their weights say */
    Walk(long seed, List<Step> steps, World world) {
        this.seed = seed;
        this.steps = List.copyOf(steps);
        this.weights = steps.stream().mapToInt(Step::weight).sum();
        this.world = world;
    }

    /** What must have been done at least once. */
    static List<String> commands() {
        return Stream.of(
                        "create_cart",
                        "add_items",
                        "remove_item",
                        "change_item",
                        "set_buyer",
                        "abandon_cart",
                        "start_payment",
                        "payment_opened",
                        "cancel_order",
                        "release_order",
                        "return_tickets",
                        "pay_by_link",
                        "settle_payment",
                        "settle_refund",
                        "settle_dispute",
                        "create_desk_order",
                        "add_desk_items",
                        "remove_desk_item",
                        "change_desk_item",
                        "set_desk_buyer",
                        "set_desk_note",
                        "renew_lease",
                        "reserve_at_desk",
                        "send_payment_link",
                        "take_payment",
                        "hand_back",
                        "cancel_at_desk",
                        "open_desk_case",
                        "take_over_order",
                        "create_hijack",
                        "confirm_hijack",
                        "withdraw_hijack",
                        "recover_cart",
                        "recover_order",
                        "book_received",
                        "refund_order",
                        "confirm_refund",
                        "add_blacklist_entry",
                        "approve_case",
                        "reject_case",
                        "settle_case",
                        "set_credit_limit",
                        "request_credit_limit",
                        "checkout CONFIRMED",
                        "checkout RESERVED",
                        "checkout PAYMENTREQUIRED",
                        "checkout UNDERREVIEW",
                        "checkout REDIRECT")
                .map(function -> function + " done")
                .toList();
    }

    /** What was answered how often. */
    Map<String, Integer> results() {
        return results;
    }

    /** Which changes of state have been seen. */
    List<String> seen() {
        return world.findings("select kind, concat(before, ' -> ', after) from walk_seen");
    }

    List<String> known() {
        return world.findings("select kind, concat(before, ' -> ', after) from walk_rule");
    }

    void go(int steps) {
        int taken = 0;
        while (taken < steps) {
            var heard = step();
            if (heard.isEmpty()) {
                continue;
            }
            taken++;
            heard.forEach(this::remember);
            judge(world.findings("select * from walk_check()"));
            if (taken % DEAD_ENDS_EVERY == 0) {
                judge(world.findings("select * from walk_dead_ends()"));
            }
            if (world.chance(AGAIN)) {
                repeat(heard.getLast());
            }
            world.look();
        }
    }

    private List<World.Said> step() {
        try {
            var chosen = world.below(weights);
            for (var step : steps) {
                chosen -= step.weight();
                if (chosen < 0) {
                    step.action().accept(world);
                    break;
                }
            }
            return world.hear();
        } catch (RuntimeException e) {
            throw new AssertionError(story("Nothing may fail, but " + e), e);
        }
    }

    /** P8: the same command under the same key changes nothing any more. */
    private void repeat(World.Said said) {
        if (!said.done() || !said.command().containsKey("repeat")) {
            return;
        }
        var before = world.look();
        world.tell(said.function(), said.command());
        world.hear();
        if (!world.look().equals(before)) {
            throw new AssertionError(story("P8 " + said.function() + " has been done twice"));
        }
    }

    private void remember(World.Said said) {
        results.merge(said.function() + " " + said.result(), 1, Integer::sum);
        last.addLast(said.function() + " " + told(said.command()) + " -> " + said.result());
        if (last.size() > REMEMBERED) {
            last.removeFirst();
        }
    }

    private static String told(Map<String, Object> command) {
        return command.entrySet().stream()
                .filter(member -> !UNINTERESTING.contains(member.getKey()))
                .map(Object::toString)
                .collect(Collectors.joining(" "));
    }

    private void judge(List<String> broken) {
        if (!broken.isEmpty()) {
            throw new AssertionError(story(String.join("\n", broken)));
        }
    }

    private String story(String what) {
        var story = new ArrayList<String>();
        story.add(what);
        story.add("The last steps (walk them again with -Dabendkasse.walk.seed=" + seed + "):");
        story.addAll(last);
        return String.join("\n", story);
    }
}
