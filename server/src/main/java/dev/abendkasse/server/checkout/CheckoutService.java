package dev.abendkasse.server.checkout;

import dev.abendkasse.server.checkout.domain.CheckoutCommand;
import dev.abendkasse.server.checkout.domain.CheckoutDecision;
import dev.abendkasse.server.checkout.domain.CheckoutFacts;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.PaymentRequired;
import dev.abendkasse.server.checkout.domain.CheckoutStart;
import dev.abendkasse.server.checkout.store.CheckoutStore;
import dev.abendkasse.server.credit.CreditProperties;
import dev.abendkasse.server.order.OrderPayments;
import dev.abendkasse.server.payment.PaymentUpstream;
import dev.abendkasse.server.payment.ProviderRefused;
import dev.abendkasse.server.payment.ProviderUnavailable;
import dev.abendkasse.server.shared.PaymentView;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Checks out a cart: gather the facts, decide, carry the decision out, all in one transaction of two statements. Only then,
 * with no connection held, is the provider asked to open a payment.
 */
@Service
public class CheckoutService {

    private final CheckoutStore store;
    private final Completions completions;
    private final OrderPayments payments;
    private final CheckoutProperties properties;
    private final CreditProperties credit;
    private final TransactionalOperator transaction;

    CheckoutService(
            CheckoutStore store,
            Completions completions,
            OrderPayments payments,
            CheckoutProperties properties,
            CreditProperties credit,
            TransactionalOperator transaction) {
        this.store = store;
        this.completions = completions;
        this.payments = payments;
        this.properties = properties;
        this.credit = credit;
        this.transaction = transaction;
    }

    public Mono<CheckoutOutcome> checkOut(CheckoutCommand command) {
        return store.start(completions.ask(command))
                .flatMap(start -> proceed(start, command))
                .as(transaction::transactional)
                .flatMap(outcome -> openPayment(outcome, command));
    }

    private Mono<CheckoutOutcome> proceed(CheckoutStart start, CheckoutCommand command) {
        return switch (start) {
            case CheckoutStart.Ready(var facts) -> carryOut(decide(facts, command), facts, command);
            case CheckoutStart.Answered(var outcome) -> Mono.just(outcome);
            case CheckoutStart.AnsweredWithPayment(var payment) ->
                payments.view(payment).map(CheckoutService::asFirstAnswered);
            case CheckoutStart.CutOff(var payment) ->
                payments.view(payment).map(view -> new PaymentRequired(view.orderId(), view));
        };
    }

    private CheckoutDecision decide(CheckoutFacts facts, CheckoutCommand command) {
        return CheckoutDecision.on(facts, command.request(), properties.policy(credit.defaultLimit()));
    }

    private Mono<CheckoutOutcome> carryOut(CheckoutDecision decision, CheckoutFacts facts, CheckoutCommand command) {
        return switch (decision) {
            case CheckoutDecision.Refuse(var problem) -> Mono.just(new CheckoutOutcome.Refused(problem, null));
            case CheckoutDecision.RedirectSilently(var reason) ->
                store.redirect(completions.redirection(command, facts, reason));
            case CheckoutDecision.Confirm _,
                    CheckoutDecision.AskForPayment _,
                    CheckoutDecision.Reserve _,
                    CheckoutDecision.SendToReview _ ->
                store.complete(completions.completion(decision, facts, command))
                        .switchIfEmpty(
                                Mono.defer(() -> store.redirect(completions.redirection(command, facts, "CLOSED"))));
        };
    }

    /** A payment that the provider does not have yet is opened there; the key makes it the same one however often. */
    private Mono<CheckoutOutcome> openPayment(CheckoutOutcome outcome, CheckoutCommand command) {
        if (outcome instanceof PaymentRequired(var order, var payment)
                && payment.state() == PaymentView.State.CREATED) {
            return payments.open(payment, command.repeat())
                    .<CheckoutOutcome>map(opened -> new PaymentRequired(order, opened))
                    .onErrorResume(ProviderUnavailable.class, _ -> review(payment, command, PaymentUpstream.NAME))
                    .onErrorResume(ProviderRefused.class, refused -> review(payment, command, downBy(refused)));
        }
        return Mono.just(outcome);
    }

    /** Who does not let us in is as if down; who says no to this payment is not. Either way people look after the order. */
    private static @Nullable String downBy(ProviderRefused refused) {
        return refused.ofAccess() ? PaymentUpstream.NAME : null;
    }

    private Mono<CheckoutOutcome> review(PaymentView payment, CheckoutCommand command, @Nullable String upstream) {
        return store.review(completions.review(payment, command, upstream, properties))
                .as(transaction::transactional);
    }

    /** The first answer again, whatever has become of the payment since. */
    private static CheckoutOutcome asFirstAnswered(PaymentView payment) {
        return new PaymentRequired(payment.orderId(), payment.in(PaymentView.State.ACTION_REQUIRED));
    }
}
