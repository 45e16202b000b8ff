package dev.abendkasse.server.webhooks;

import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.sdk.model.Order;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.testing.Theatre;
import java.util.UUID;

/** Makes things happen that endpoints hear of. */
record Sales(Theatre theatre) {

    Order confirmed() throws ApiException {
        return confirmed("Example Buyer", "buyer@example.org");
    }

    Order confirmed(String name, String email) throws ApiException {
        var cart = theatre.hold(theatre.best("free", 1));
        var request = new CheckoutRequest().buyer(Theatre.buyer(email).name(name));
        return ((Outcome.Confirmed) Theatre.checkOut(theatre.shop(), cart, UUID.randomUUID(), request)).order();
    }

    Outcome.Reserved reserved() throws ApiException {
        return reserved("buyer-" + UUID.randomUUID() + "@example.org");
    }

    Outcome.Reserved reserved(String email) throws ApiException {
        var request =
                new CheckoutRequest().paymentMethod(PaymentMethod.PAY_LATER).buyer(Theatre.buyer(email));
        return (Outcome.Reserved)
                Theatre.checkOut(theatre.shop(), theatre.hold(theatre.best("ga", 1)), UUID.randomUUID(), request);
    }

    void cancel(Outcome.Reserved reserved) throws ApiException {
        theatre.shop()
                .withOrderToken(reserved.orderToken())
                .orders()
                .cancelOrder(reserved.order().getOrderId(), UUID.randomUUID());
    }
}
