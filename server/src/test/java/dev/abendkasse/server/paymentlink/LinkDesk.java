package dev.abendkasse.server.paymentlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.AbendkasseProblem;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.api.BoxOfficeSalesApi;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.LinkPaymentRequest;
import dev.abendkasse.sdk.model.Money;
import dev.abendkasse.sdk.model.Order;
import dev.abendkasse.sdk.model.Payment;
import dev.abendkasse.sdk.model.PaymentLinkDelivery;
import dev.abendkasse.sdk.model.PaymentLinkDispatch;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.Problem;
import dev.abendkasse.sdk.model.PspMethod;
import dev.abendkasse.sdk.model.SentPaymentLink;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Theatre;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Clerks who send payment links, and the people who have them. */
final class LinkDesk {

    static final String PAGE = "https://shop.example.org/pay";

    private final Theatre theatre;
    private final BoxOfficeSalesApi clerk;

    LinkDesk(Theatre theatre) {
        this.theatre = theatre;
        this.clerk = theatre.boxOffice().boxOfficeSales();
    }

    /** A theatre whose shop has a page for payment links. */
    static Theatre openTheTheatre(Map<String, Object> settings) {
        var theatre = Theatre.open(settings);
        Theatre.execute(theatre.db(), "update shop set payment_page_url = '" + PAGE + "'");
        return theatre;
    }

    /** An order of standing places that is to be paid within a week. */
    Order reserved(int places) throws ApiException {
        var cart = theatre.hold(theatre.best("ga", places));
        return ((Outcome.Reserved) theatre.checkOut(cart, PaymentMethod.PAY_LATER)).order();
    }

    /** An order of one standing place that is to be paid within half an hour. */
    Outcome.PaymentRequired awaitingPayment() throws ApiException {
        return (Outcome.PaymentRequired) theatre.checkOut(theatre.hold(theatre.best("ga", 1)), PaymentMethod.CARD);
    }

    SentPaymentLink send(UUID order) throws ApiException {
        return send(order, PaymentLinkDelivery.PRINT, UUID.randomUUID());
    }

    SentPaymentLink send(UUID order, PaymentLinkDelivery delivery, UUID key) throws ApiException {
        return clerk.sendPaymentLink(order, key, new PaymentLinkDispatch().delivery(delivery), null, null);
    }

    /** The secret of a link that was printed. */
    static String token(SentPaymentLink link) {
        assertThat(link.getUrl()).hasPath("/pay").hasNoQuery();
        return link.getUrl().getFragment();
    }

    /** Whoever has the secret of a link. */
    AbendkasseClient bearer(String token) {
        return theatre.shop().withLinkToken(token);
    }

    /** Pays as a person does who has seen the amount. */
    Payment pay(String token) throws ApiException {
        var link = bearer(token).paymentLinks().getPaymentLink();
        return pay(token, request(link.getAmount()), UUID.randomUUID());
    }

    Payment pay(String token, LinkPaymentRequest request, UUID key) throws ApiException {
        return bearer(token).paymentLinks().payByLink(key, request);
    }

    static LinkPaymentRequest request(Money amount) {
        return new LinkPaymentRequest().amount(amount).method(PspMethod.CARD);
    }

    static LinkPaymentRequest request(long amount) {
        return request(new Money().amount(amount).currency("EUR"));
    }

    static Problem problem(int status, String code, ThrowingCallable call) {
        var failure = catchThrowableOfType(ApiException.class, call);
        assertThat(failure).as("expected " + code).isNotNull();
        assertThat(failure.getCode()).as(failure.getMessage()).isEqualTo(status);
        var problem = AbendkasseProblem.from(failure).orElseThrow();
        assertThat(problem.getCode()).isEqualTo(code);
        return problem;
    }

    String state(SentPaymentLink link) {
        return text("select state from payment_link where link_id = '" + link.getLinkId() + "'");
    }

    String text(String query) {
        return Awaited.of(theatre.db().sql(query).mapValue(String.class).one());
    }

    void run(String sql) {
        Theatre.execute(theatre.db(), sql);
    }
}
