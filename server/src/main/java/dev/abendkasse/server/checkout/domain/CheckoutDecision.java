package dev.abendkasse.server.checkout.domain;

import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What to do with a cart. */
public sealed interface CheckoutDecision {

    Duration LEAST_TIME_TO_PAY = Duration.ofMinutes(15);

    /** The seats are sold: there is nothing to pay, or it goes on the customer's account. */
    record Confirm(boolean onAccount) implements CheckoutDecision {}

    /** The provider is to take the money. */
    record AskForPayment(Instant payUntil) implements CheckoutDecision {}

    /**
     * The seats are held unpaid.
     *
     * @param grace how much longer than the buyer is told
     */
    record Reserve(Instant payUntil, Duration grace) implements CheckoutDecision {}

    /** People decide. */
    record SendToReview(Instant deadline) implements CheckoutDecision {}

    /** The buyer lands on the overview. The reason is for staff and never leaves. */
    record RedirectSilently(String reason) implements CheckoutDecision {}

    /** The request does not fit the cart or the shop. */
    record Refuse(ProblemType problem) implements CheckoutDecision {}

    /** Rules in order of precedence; the first that applies decides. */
    static CheckoutDecision on(CheckoutFacts facts, CheckoutRequest request, CheckoutPolicy policy) {
        if (facts.blacklisted()) {
            return new RedirectSilently("BLACKLISTED");
        }
        if (!facts.open()) {
            return new RedirectSilently("CLOSED");
        }
        if (facts.places().lost()) {
            return new RedirectSilently("SEATS_LOST");
        }
        var unfit = unfit(facts, request);
        if (unfit != null) {
            return new Refuse(unfit);
        }
        if (facts.places().total() == 0) {
            return new Confirm(false);
        }
        return byMethod(facts, request.method(), policy);
    }

    private static @Nullable ProblemType unfit(CheckoutFacts facts, CheckoutRequest request) {
        if (facts.places().items() == 0) {
            return ProblemType.CART_EMPTY;
        }
        if (request.buyer() == null && facts.buyer() == null) {
            return ProblemType.BUYER_MISSING;
        }
        var origin = request.returnOrigin();
        if (origin != null && !facts.shop().returnOrigins().contains(origin)) {
            return ProblemType.RETURN_URL_NOT_ALLOWED;
        }
        return null;
    }

    private static CheckoutDecision byMethod(
            CheckoutFacts facts, @Nullable PurchaseMethod method, CheckoutPolicy policy) {
        if (method == null || !facts.shop().paymentMethods().contains(method.name())) {
            return new Refuse(ProblemType.PAYMENT_METHOD_NOT_AVAILABLE);
        }
        return switch (method) {
            case CARD, PAYPAL, SEPA_DEBIT -> atTheProvider(facts, policy);
            case INVOICE -> onAccount(facts, policy);
            case PAY_LATER -> unpaid(facts, facts.shop().reservationSeconds(), Duration.ZERO, policy);
            case BANK_TRANSFER -> byTransfer(facts, policy);
        };
    }

    /** Whoever could not have their seats held if the provider stays away keeps the cart instead. */
    private static CheckoutDecision atTheProvider(CheckoutFacts facts, CheckoutPolicy policy) {
        var tooMuch = facts.technicalCases() > 0 || facts.places().items() > policy.technicalSeats();
        return facts.paymentDown() && tooMuch
                ? new Refuse(ProblemType.UNAVAILABLE)
                : new AskForPayment(paymentEnd(facts));
    }

    /** Nobody is to pay for a show that has begun, but who begins to pay has the time it takes. */
    private static Instant paymentEnd(CheckoutFacts facts) {
        var end = in(facts, facts.shop().paymentSeconds());
        var start = facts.places().firstStart();
        var least = facts.now().plus(LEAST_TIME_TO_PAY);
        return start == null ? end : earlier(end, start.isAfter(least) ? start : least);
    }

    /** A transfer takes its time, also to be booked: the seats wait for both (D16). */
    private static CheckoutDecision byTransfer(CheckoutFacts facts, CheckoutPolicy policy) {
        var grace = Duration.ofSeconds(facts.shop().transferGraceSeconds());
        return unpaid(facts, facts.shop().transferSeconds(), grace, policy);
    }

    private static CheckoutDecision onAccount(CheckoutFacts facts, CheckoutPolicy policy) {
        if (facts.customerId() == null) {
            return new Refuse(ProblemType.PAYMENT_METHOD_NOT_AVAILABLE);
        }
        return withinLimit(facts, policy) ? new Confirm(true) : new SendToReview(reviewDeadline(facts, policy));
    }

    private static CheckoutDecision unpaid(CheckoutFacts facts, long seconds, Duration grace, CheckoutPolicy policy) {
        var payUntil =
                beforeTheShow(facts, in(facts, seconds).plus(grace), policy).minus(grace);
        if (!payUntil.isAfter(facts.now())) {
            return new Refuse(ProblemType.PAYMENT_METHOD_NOT_AVAILABLE);
        }
        var guest = facts.customerId() == null;
        if (mayReserve(facts) && (guest || withinLimit(facts, policy))) {
            return new Reserve(payUntil, grace);
        }
        // A typed address proves nothing, so it gets one case at a time and not the seats of a whole house.
        return !guest || facts.openCases() == 0
                ? new SendToReview(reviewDeadline(facts, policy))
                : new Refuse(ProblemType.UNAVAILABLE);
    }

    /** Whether one more unpaid reservation is within what the shop allows such a buyer. */
    private static boolean mayReserve(CheckoutFacts facts) {
        var open = facts.reservations();
        var most = facts.shop().reservationAmount();
        return open.count() < facts.shop().reservations()
                && (most == null || Math.addExact(open.amount(), facts.places().total()) <= most);
    }

    /** What is owed plus this order may equal the limit (C10); what is in another currency cannot be compared with it (C6). */
    private static boolean withinLimit(CheckoutFacts facts, CheckoutPolicy policy) {
        if (!policy.creditLimit()
                .currency()
                .getCurrencyCode()
                .equals(facts.places().currency())) {
            return false;
        }
        long limit = facts.creditLimit() == null ? policy.creditLimit().amount() : facts.creditLimit();
        long exposure = facts.exposure() == null ? 0 : facts.exposure();
        return Math.addExact(exposure, facts.places().total()) <= limit;
    }

    private static Instant reviewDeadline(CheckoutFacts facts, CheckoutPolicy policy) {
        return policy.deadline(facts.now(), policy.caseTime(), facts.places().firstStart());
    }

    private static Instant beforeTheShow(CheckoutFacts facts, Instant end, CheckoutPolicy policy) {
        var start = facts.places().firstStart();
        return start == null ? end : earlier(end, start.minus(policy.beforeShow()));
    }

    private static Instant in(CheckoutFacts facts, long seconds) {
        return facts.now().plus(Duration.ofSeconds(seconds));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
