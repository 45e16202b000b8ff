package dev.abendkasse.server.checkout;

import dev.abendkasse.server.checkout.domain.CheckoutCommand;
import dev.abendkasse.server.checkout.domain.CheckoutDecision;
import dev.abendkasse.server.checkout.domain.CheckoutFacts;
import dev.abendkasse.server.checkout.domain.Completion;
import dev.abendkasse.server.checkout.domain.Terms;
import dev.abendkasse.server.checkout.store.CheckoutStore;
import dev.abendkasse.server.order.Orders;
import dev.abendkasse.server.secret.PersonKeys;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.shared.Buyer;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.PaymentView;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts together what the database is asked to do in a checkout: fresh ids, hashed secrets, terms. */
@Component
class Completions {

    private static final int NUMBERS_OFFERED = 3;

    private final Secrets secrets;
    private final PersonKeys persons;
    private final Orders orders;

    Completions(Secrets secrets, PersonKeys persons, Orders orders) {
        this.secrets = secrets;
        this.persons = persons;
        this.orders = orders;
    }

    CheckoutStore.Ask ask(CheckoutCommand command) {
        var buyer = command.request().buyer();
        return new CheckoutStore.Ask(
                command.cart().value(),
                secrets.hexHash(command.cartToken()),
                command.version(),
                command.customer() == null ? null : command.customer().value(),
                buyer == null ? null : persons.keyOf(buyer.email()),
                command.repeat());
    }

    Completion completion(CheckoutDecision decision, CheckoutFacts facts, CheckoutCommand command) {
        var order = orders.newIdentity();
        return new Completion(
                command.cart().value(),
                command.version(),
                order.orderId(),
                order.tokenHash(),
                facts.customerId(),
                Objects.requireNonNull(buyer(facts, command)),
                Objects.requireNonNull(facts.matchKey()),
                command.request().method(),
                facts.places().total(),
                Objects.requireNonNull(facts.places().currency()),
                command.language(),
                terms(decision, facts, command),
                command.repeat());
    }

    CheckoutStore.Redirection redirection(CheckoutCommand command, CheckoutFacts facts, String reason) {
        var buyer = buyer(facts, command);
        return new CheckoutStore.Redirection(
                command.cart().value(),
                reason,
                facts.customerId(),
                facts.matchKey(),
                buyer == null ? null : buyer.email(),
                facts.shop().overviewUrl(),
                command.repeat());
    }

    CheckoutStore.Review review(
            PaymentView payment, CheckoutCommand command, @Nullable String upstream, CheckoutProperties properties) {
        return new CheckoutStore.Review(
                payment.paymentId(),
                properties.technicalTime().toSeconds(),
                properties.technicalSeats(),
                upstream,
                newCase("TECHNICAL"),
                command.repeat());
    }

    private static Terms terms(CheckoutDecision decision, CheckoutFacts facts, CheckoutCommand command) {
        return switch (decision) {
            case CheckoutDecision.Confirm(var onAccount) -> Terms.confirmed(onAccount);
            case CheckoutDecision.Reserve(var payUntil, var grace) ->
                Terms.reserved(payUntil, facts.customerId() != null).heldLonger(grace);
            case CheckoutDecision.SendToReview(var deadline) -> Terms.underReview(deadline, newCase("CREDIT_LIMIT"));
            case CheckoutDecision.AskForPayment(var payUntil) -> {
                var returnUrl = command.request().returnUrl();
                yield Terms.awaitingPayment(
                        payUntil, UUID.randomUUID(), returnUrl == null ? null : returnUrl.toString());
            }
            case CheckoutDecision.RedirectSilently _, CheckoutDecision.Refuse _ ->
                throw new IllegalArgumentException("No order comes of " + decision);
        };
    }

    private static Terms.NewCase newCase(String kind) {
        return new Terms.NewCase(kind, CaseNumber.candidates(NUMBERS_OFFERED));
    }

    /** The buyer named now counts; else the one the cart knows. */
    private static @Nullable Buyer buyer(CheckoutFacts facts, CheckoutCommand command) {
        var named = command.request().buyer();
        return named != null ? named : facts.buyer();
    }
}
