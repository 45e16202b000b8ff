package dev.abendkasse.server.checkout.store;

import dev.abendkasse.server.checkout.domain.CheckoutFacts;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome;
import dev.abendkasse.server.checkout.domain.CheckoutStart;
import dev.abendkasse.server.checkout.domain.Completion;
import dev.abendkasse.server.checkout.domain.Terms;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.CartView;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.OrderView;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Checkout in the database; its two statements are functions of R__5_checkout.sql. */
@Repository
public class CheckoutStore {

    private final Functions functions;

    CheckoutStore(Functions functions) {
        this.functions = functions;
    }

    /** What {@link #start} asks for. */
    public record Ask(
            UUID cartId,
            String tokenHash,
            long version,
            @Nullable UUID customerId,
            @Nullable String matchKey,
            Idempotency repeat) {}

    /** Locks the cart, the person and the account, and reads all facts. */
    public Mono<CheckoutStart> start(Ask ask) {
        return functions.call("checkout_facts", ask).map(this::toStart);
    }

    /** Makes the order; empty when the cart's time ran out meanwhile, and then nothing has happened. */
    public Mono<CheckoutOutcome> complete(Completion completion) {
        return functions
                .call("complete_checkout", completion)
                .filter(answer -> !answer.has("late"))
                .map(this::toOutcome);
    }

    /** What {@link #redirect} notes: why, and of whom as far as they are known. */
    public record Redirection(
            UUID cartId,
            String reason,
            @Nullable UUID customerId,
            @Nullable String matchKey,
            @Nullable String email,
            String location,
            Idempotency repeat) {}

    /** Closes the cart, the same for whatever reason. */
    public Mono<CheckoutOutcome> redirect(Redirection redirection) {
        return functions.call("redirect_checkout", redirection).map(this::toOutcome);
    }

    /**
     * What {@link #review} is about.
     *
     * @param seconds how long it may hold its seats
     * @param seats how many it may hold
     * @param upstream what is down; null when it refused the payment
     */
    public record Review(
            UUID paymentId,
            long seconds,
            int seats,
            @Nullable String upstream,
            Terms.NewCase newCase,
            Idempotency repeat) {}

    /** Hands an order that waits for its payment over to people, because the provider does not take it. */
    public Mono<CheckoutOutcome> review(Review review) {
        return functions.call("review_payment", review).map(this::toOutcome);
    }

    private CheckoutStart toStart(JsonNode answer) {
        if (answer.has("resume")) {
            return new CheckoutStart.CutOff(uuid(answer, "resume"));
        }
        if (answer.has("paymentId")) {
            return new CheckoutStart.AnsweredWithPayment(uuid(answer, "paymentId"));
        }
        return answer.has("refused") || answer.has("outcome")
                ? new CheckoutStart.Answered(toOutcome(answer))
                : new CheckoutStart.Ready(functions.read(answer, CheckoutFacts.class));
    }

    private CheckoutOutcome toOutcome(JsonNode answer) {
        if (answer.has("refused")) {
            return new CheckoutOutcome.Refused(
                    ProblemType.valueOf(answer.get("refused").asString()),
                    answer.has("cart") ? functions.read(answer.get("cart"), CartView.class) : null);
        }
        var outcome = answer.get("outcome").asString();
        if (outcome.equals("REDIRECT")) {
            return new CheckoutOutcome.Redirect(answer.get("location").asString());
        }
        return toOutcome(outcome, functions.read(answer.get("order"), OrderView.class));
    }

    private static CheckoutOutcome toOutcome(String outcome, OrderView order) {
        return switch (outcome) {
            case "CONFIRMED" -> new CheckoutOutcome.Confirmed(order);
            case "RESERVED" -> new CheckoutOutcome.Reserved(order);
            case "UNDER_REVIEW" -> new CheckoutOutcome.UnderReview(order, Objects.requireNonNull(order.caseNumber()));
            case "PAYMENT_REQUIRED" ->
                new CheckoutOutcome.PaymentRequired(order.orderId(), Objects.requireNonNull(order.payment()));
            default -> throw new IllegalStateException("No such outcome: " + outcome);
        };
    }

    private static UUID uuid(JsonNode answer, String member) {
        return UUID.fromString(answer.get(member).asString());
    }
}
