package dev.abendkasse.server.credit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.model.PaymentRequest;
import dev.abendkasse.sdk.model.PspMethod;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.Reserved;
import dev.abendkasse.server.order.Orders;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.ProvidersWord;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.testing.Till;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a dispute about part of the money of a reservation does to what its customer owes. */
class CreditDisputeTests {

    private static Theatre theatre;

    private final String email = "dispute-" + UUID.randomUUID() + "@example.org";
    private final Buyers buyers = new Buyers(theatre.server(), theatre.db());
    private final CustomerId customer = buyers.customer(email);

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Map.of("abendkasse.credit.reconcile-every", "1h"));
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void c5WonDisputeReleasesWhatWasReservedAnewWhileItWasOpen() throws Exception {
        var order = reserveTwoPlaces();
        var payment = theatre.shop()
                .withOrderToken(theatre.server().bean(Orders.class).tokenOf(order))
                .payments()
                .createPayment(order, UUID.randomUUID(), new PaymentRequest().method(PspMethod.CARD))
                .getPaymentId();
        tell(payment, "payment.succeeded");
        assertThat(owed()).as("half of it is paid").isEqualTo(5_000);

        tell(payment, "dispute.opened");
        assertThat(owed()).as("what is taken back does not count by itself").isEqualTo(5_000);
        var clerk = Till.ofStaff(theatre);
        clerk.reserve(clerk.hijack(order), null);
        assertThat(owed()).as("all of it has been reserved anew").isEqualTo(10_000);

        tell(payment, "dispute.won");
        assertThat(owed()).isEqualTo(5_000);
        assertThat(theatre.count("select count(*) from credit_books(array['" + customer.value()
                        + "'::uuid]) where exposure = 5000 and entered = 5000 and owed = 5000"))
                .isOne();
    }

    private UUID reserveTwoPlaces() {
        return Awaited.of(buyers.hold(customer, new Selection(theatre.performance(), null, "ga", 2, "full"))
                        .flatMap(cart -> buyers.checkOut(cart, customer, PurchaseMethod.PAY_LATER, email))
                        .cast(Reserved.class))
                .order()
                .orderId();
    }

    /** Of 50.00 euros. */
    private static void tell(UUID payment, String type) {
        var more = type.startsWith("dispute") ? ",\"disputeId\":\"d-" + payment + "\"" : "";
        ProvidersWord.tell(theatre.server(), type + "-" + payment, type, payment, more);
    }

    private long owed() {
        return theatre.count("select exposure from credit_account where customer_id = '" + customer.value() + "'");
    }
}
