package dev.abendkasse.server.cases;

import dev.abendkasse.office.model.CaseApproval;
import dev.abendkasse.office.model.CaseFile;
import dev.abendkasse.office.model.CaseRejection;
import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Order;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.UnderReview;
import dev.abendkasse.server.order.Orders;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Theatre;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order that people have to decide on, and its buyer.
 *
 * @param customer null for a guest
 */
record Review(Theatre theatre, String email, @Nullable CustomerId customer, String caseNumber, UUID order) {

    /** On account, over whatever limit the theatre has; each place costs 50.00. */
    static Review onAccount(Theatre theatre, int places) {
        return of(theatre, places, PurchaseMethod.INVOICE, true);
    }

    static Review of(Theatre theatre, int places, PurchaseMethod method, boolean hasAccount) {
        var email = "review-" + UUID.randomUUID() + "@example.org";
        var buyers = new Buyers(theatre.server(), theatre.db());
        return of(theatre, places, method, hasAccount ? buyers.customer(email) : null, email);
    }

    static Review of(Theatre theatre, int places, PurchaseMethod method, @Nullable CustomerId customer, String email) {
        var buyers = new Buyers(theatre.server(), theatre.db());
        var review = Awaited.of(buyers.hold(customer, new Selection(theatre.performance(), null, "ga", places, "full"))
                .flatMap(cart -> buyers.checkOut(cart, customer, method, email))
                .cast(UnderReview.class));
        return new Review(
                theatre, email, customer, review.caseNumber(), review.order().orderId());
    }

    CaseFile file() throws ApiException {
        return theatre.office().cases().getCaseForStaff(caseNumber);
    }

    String version() throws ApiException {
        return etag(file());
    }

    static String etag(CaseFile file) {
        return "\"" + file.getVersion() + "\"";
    }

    CaseFile approve() throws ApiException {
        return approve(new CaseApproval().reason("Pays in time"));
    }

    CaseFile approve(CaseApproval approval) throws ApiException {
        return theatre.office().cases().approveCase(caseNumber, UUID.randomUUID(), version(), approval);
    }

    CaseFile reject() throws ApiException {
        return theatre.office()
                .cases()
                .rejectCase(
                        caseNumber,
                        UUID.randomUUID(),
                        version(),
                        new CaseRejection().reason("Two invoices are overdue"));
    }

    AbendkasseClient buyer() {
        return theatre.shop().withOrderToken(theatre.server().bean(Orders.class).tokenOf(order));
    }

    Order now() throws ApiException {
        return buyer().orders().getOrder(order);
    }

    /** In minor units, by the books. */
    long owed() {
        return theatre.count("select coalesce(sum(exposure), 0)::bigint from credit_account where customer_id = '"
                + customer.value() + "'");
    }
}
