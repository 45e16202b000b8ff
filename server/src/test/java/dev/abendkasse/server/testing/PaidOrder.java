package dev.abendkasse.server.testing;

import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.ItemSelection;
import dev.abendkasse.sdk.model.Order;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.Payment;
import dev.abendkasse.sdk.model.PaymentMethod;
import java.util.UUID;

/**
 * An order that its buyer has paid by card.
 *
 * @param payment as it was opened, with the provider's page
 */
public record PaidOrder(Theatre theatre, UUID id, String token, Payment payment) {

    public static PaidOrder of(Theatre theatre, ItemSelection items) throws ApiException {
        var outcome = (Outcome.PaymentRequired) theatre.checkOut(theatre.hold(items), PaymentMethod.CARD);
        PayPage.of(outcome.payment()).pay();
        var paid = new PaidOrder(theatre, outcome.orderId(), outcome.orderToken(), outcome.payment());
        PayPage.await(paid::now, order -> order.getState() == OrderState.CONFIRMED);
        return paid;
    }

    /** The buyer's client. */
    public AbendkasseClient shop() {
        return theatre.shop().withOrderToken(token);
    }

    public Order now() throws ApiException {
        return shop().orders().getOrder(id);
    }
}
