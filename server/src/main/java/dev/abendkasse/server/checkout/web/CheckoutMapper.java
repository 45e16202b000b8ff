package dev.abendkasse.server.checkout.web;

import dev.abendkasse.api.model.CheckoutConfirmed;
import dev.abendkasse.api.model.CheckoutPaymentRequired;
import dev.abendkasse.api.model.CheckoutRedirect;
import dev.abendkasse.api.model.CheckoutReserved;
import dev.abendkasse.api.model.CheckoutUnderReview;
import dev.abendkasse.api.model.OutcomeType;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.Confirmed;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.PaymentRequired;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.Redirect;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.Refused;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.Reserved;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.UnderReview;
import dev.abendkasse.server.checkout.domain.CheckoutRequest;
import dev.abendkasse.server.order.Orders;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.web.CartViews;
import dev.abendkasse.server.web.OrderViews;
import dev.abendkasse.server.web.PurchaseMapper;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Contract types on one side, domain types on the other. */
@Component
class CheckoutMapper {

    private final Orders orders;
    private final CartViews carts;
    private final MessageSource messages;

    CheckoutMapper(Orders orders, CartViews carts, MessageSource messages) {
        this.orders = orders;
        this.carts = carts;
        this.messages = messages;
    }

    static CheckoutRequest toDomain(dev.abendkasse.api.model.CheckoutRequest request) {
        var method = request.getPaymentMethod();
        return new CheckoutRequest(
                method == null ? null : PurchaseMethod.valueOf(method.name()),
                PurchaseMapper.toBuyer(request.getBuyer()),
                request.getReturnUrl());
    }

    ResponseEntity<dev.abendkasse.api.model.CheckoutOutcome> toContract(
            CheckoutOutcome outcome, @Nullable Locale locale) {
        return switch (outcome) {
            case Confirmed(var order) ->
                ok(new CheckoutConfirmed(
                        OutcomeType.CONFIRMED, OrderViews.toContract(order), orders.tokenOf(order.orderId())));
            case PaymentRequired(var order, var payment) ->
                ok(new CheckoutPaymentRequired(
                        OutcomeType.PAYMENT_REQUIRED, order, orders.tokenOf(order), OrderViews.toContract(payment)));
            case Reserved(var order) ->
                ok(new CheckoutReserved(
                        OutcomeType.RESERVED,
                        OrderViews.toContract(order),
                        orders.tokenOf(order.orderId()),
                        Objects.requireNonNull(order.payUntil())));
            case UnderReview(var order, var number) ->
                ResponseEntity.status(HttpStatus.ACCEPTED)
                        .body(new CheckoutUnderReview(
                                OutcomeType.UNDER_REVIEW,
                                number,
                                order.orderId(),
                                orders.tokenOf(order.orderId()),
                                message(locale)));
            case Redirect(var location) -> ok(new CheckoutRedirect(OutcomeType.REDIRECT, URI.create(location)));
            case Refused refused -> throw problem(refused);
        };
    }

    private String message(@Nullable Locale locale) {
        return messages.getMessage("checkout.under-review", null, locale == null ? Locale.ENGLISH : locale);
    }

    private ProblemException problem(Refused refused) {
        var present = refused.present();
        return new ProblemException(
                refused.problem(),
                faults(refused),
                present == null ? Map.of() : Map.of("cart", carts.toContract(present)));
    }

    private static List<Fault> faults(Refused refused) {
        return switch (refused.problem()) {
            case BUYER_MISSING -> List.of(Fault.at("#/buyer", "{fault.missing}"));
            case PAYMENT_METHOD_NOT_AVAILABLE -> List.of(Fault.at("#/paymentMethod", "{fault.not-available}"));
            case RETURN_URL_NOT_ALLOWED -> List.of(Fault.at("#/returnUrl", "{fault.not-registered}"));
            default -> List.of();
        };
    }

    private static ResponseEntity<dev.abendkasse.api.model.CheckoutOutcome> ok(
            dev.abendkasse.api.model.CheckoutOutcome outcome) {
        return ResponseEntity.ok(outcome);
    }
}
