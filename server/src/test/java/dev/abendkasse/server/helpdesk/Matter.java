package dev.abendkasse.server.helpdesk;

import dev.abendkasse.office.model.CaseApproval;
import dev.abendkasse.office.model.CaseComment;
import dev.abendkasse.office.model.CaseFile;
import dev.abendkasse.office.model.CaseMessageKind;
import dev.abendkasse.office.model.CaseQuestion;
import dev.abendkasse.office.model.CaseRejection;
import dev.abendkasse.office.model.CaseTicket;
import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.UnderReview;
import dev.abendkasse.server.order.Orders;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Theatre;
import java.util.List;
import java.util.UUID;

/** A case for a help desk: an order over the limit of a customer of 100.00. */
record Matter(Theatre theatre, String email, CustomerId customer, String caseNumber, UUID order) {

    static Matter opened(Theatre theatre) {
        var buyers = new Buyers(theatre.server(), theatre.db());
        var email = "matter-" + UUID.randomUUID() + "@example.org";
        var customer = buyers.customer(email);
        var review = Awaited.of(buyers.hold(customer, new Selection(theatre.performance(), null, "ga", 2, "full"))
                .flatMap(cart -> buyers.checkOut(cart, customer, PurchaseMethod.INVOICE, email))
                .cast(UnderReview.class));
        return new Matter(
                theatre, email, customer, review.caseNumber(), review.order().orderId());
    }

    CaseFile file() throws ApiException {
        return theatre.office().cases().getCaseForStaff(caseNumber);
    }

    /** Waits for it. */
    CaseTicket ticket() throws ApiException {
        return PayPage.await(() -> file().getTicket(), ticket -> ticket != null);
    }

    /** What has come from the help desk. */
    List<String> fromHelpDesk() throws ApiException {
        return file().getMessages().stream()
                .filter(message -> message.getKind() == CaseMessageKind.HELP_DESK)
                .map(message -> message.getBy() + ": " + message.getText())
                .toList();
    }

    void comment(String text) throws ApiException {
        theatre.office().cases().commentOnCase(caseNumber, UUID.randomUUID(), new CaseComment().text(text));
    }

    void ask(String text) throws ApiException {
        theatre.office().cases().askCustomer(caseNumber, UUID.randomUUID(), version(), new CaseQuestion().text(text));
    }

    void approve() throws ApiException {
        theatre.office()
                .cases()
                .approveCase(caseNumber, UUID.randomUUID(), version(), new CaseApproval().reason("Pays in time"));
    }

    void reject() throws ApiException {
        theatre.office()
                .cases()
                .rejectCase(caseNumber, UUID.randomUUID(), version(), new CaseRejection().reason("Too much"));
    }

    String version() throws ApiException {
        return "\"" + file().getVersion() + "\"";
    }

    AbendkasseClient buyer() {
        return theatre.shop().withOrderToken(theatre.server().bean(Orders.class).tokenOf(order));
    }

    /** Its message in the outbox, once it is so. */
    void awaitMessage(String condition) throws ApiException {
        PayPage.await(
                () -> theatre.count("select count(*) from outbox_message where kind = 'HELP_DESK' and key = '"
                        + caseNumber + "' and " + condition),
                found -> found == 1);
    }

    /** The next try is made now. */
    void letTimePass() {
        Theatre.execute(
                theatre.db(),
                "update outbox_message set due_at = clock_timestamp() where kind = 'HELP_DESK' and state = 'WAITING'"
                        + " and key = '" + caseNumber + "'");
    }
}
