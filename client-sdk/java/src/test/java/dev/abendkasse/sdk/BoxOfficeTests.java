package dev.abendkasse.sdk;

import static dev.abendkasse.sdk.StubServer.json;
import static dev.abendkasse.sdk.StubServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CounterMethod;
import dev.abendkasse.sdk.model.CounterPaymentRequest;
import dev.abendkasse.sdk.model.HijackConfirmation;
import dev.abendkasse.sdk.model.HijackRequest;
import dev.abendkasse.sdk.model.HijackState;
import dev.abendkasse.sdk.model.Money;
import dev.abendkasse.sdk.model.OrderState;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a partner's till does: one call of each part. */
class BoxOfficeTests {

    private static final UUID ID = UUID.randomUUID();
    private static final UUID KEY = UUID.randomUUID();

    private static final String ORDER = """
            {"orderId": "0199d1f2-77aa-7b01-8c02-112233445566", "orderNumber": "100042", "shopId": "main",
             "state": "AT_BOX_OFFICE", "paymentStatus": "UNPAID", "version": 1, "createdAt": "2026-12-01T18:05:12Z",
             "items": [], "total": {"amount": 4950, "currency": "EUR"}, "paid": {"amount": 0, "currency": "EUR"},
             "owed": {"amount": 4950, "currency": "EUR"}, "counterPayments": [],
             "lease": {"clerk": "corner-shop/anna", "until": "2026-12-01T18:15:12Z", "fence": 3}}""";

    private static final String HIJACK = """
            {"hijackId": "0199d1f3-1c2d-7e3f-8a4b-5c6d7e8f9a0b", "state": "ACTIVE", "kind": "CART", "version": 4,
             "warnedUntil": "2026-12-01T18:08:00Z", "reasonRequired": false, "clerk": "corner-shop/anna",
             "createdAt": "2026-12-01T18:05:00Z", "order": %s}""".formatted(ORDER);

    @Test
    void purchaseIsTakenOverByTheCodeThatTheCustomerReadsOut() throws ApiException {
        try (var server = new StubServer(json(201, HIJACK))) {
            var till = till(server);
            var warning = till.hijacks().createHijack(KEY, new HijackRequest().pickupCode("7KQ2XM"), "anna");
            till.hijacks()
                    .confirmHijack(
                            warning.getHijackId(), KEY, new HijackConfirmation().version(warning.getVersion()), "anna");

            assertThat(warning.getState()).isEqualTo(HijackState.ACTIVE);
            assertThat(server.requests()).allSatisfy(request -> {
                assertThat(request.header("Clerk")).isEqualTo("anna");
                assertThat(request.header("Idempotency-Key")).isEqualTo(KEY.toString());
            });
            assertThat(server.requests().get(0).body()).contains("7KQ2XM");
            assertThat(server.requests().get(1).path())
                    .isEqualTo("/v1/box-office/hijacks/0199d1f3-1c2d-7e3f-8a4b-5c6d7e8f9a0b/confirmation");
        }
    }

    @Test
    void moneyIsTakenUnderTheFenceOfTheLease() throws ApiException {
        var receipt = """
                {"order": %s, "counterPayment": {"counterPaymentId": "0199d1f5-0a1b-7c2d-8e3f-4a5b6c7d8e9f",
                 "method": "CASH", "amount": {"amount": 4950, "currency": "EUR"}, "at": "2026-12-01T18:10:00Z",
                 "by": "corner-shop/anna"}}""".formatted(ORDER);
        try (var server = new StubServer(json(200, ORDER), json(201, receipt))) {
            var order = till(server).boxOfficeOrders().getBoxOfficeOrder(ID);
            assertThat(order.getState()).isEqualTo(OrderState.AT_BOX_OFFICE);
            assertThat(order.getBuyer()).isNull();

            var paid = till(server)
                    .boxOfficeSales()
                    .takePayment(
                            ID,
                            KEY,
                            order.getLease().getFence(),
                            new CounterPaymentRequest()
                                    .method(CounterMethod.CASH)
                                    .amount(new Money().amount(4950L).currency("EUR")),
                            "anna");

            assertThat(paid.getCounterPayment().getBy()).isEqualTo("corner-shop/anna");
            assertThat(server.requests().get(1).header("Lease-Fence")).isEqualTo("3");
        }
    }

    @Test
    void ticketsAreListedForPrinting() throws ApiException {
        try (var server = new StubServer(json(200, "{\"items\": []}"))) {
            assertThat(till(server).ticketPrinting().listOrderTickets(ID).getItems())
                    .isEmpty();
        }
    }

    @Test
    void refusalSaysWhoHasThePurchaseAndWhatItIs() {
        var body = """
                {"type": "/problems/held-by-clerk", "title": "Somebody else has it", "status": 409,
                 "code": "held-by-clerk", "clerk": "anna", "order": %s,
                 "cartId": "0199d1f0-5a3c-7c11-9d0e-3f6a1c2b4d5e"}""".formatted(ORDER);
        try (var server = new StubServer(send(409, "application/problem+json", body))) {
            var failure = catchThrowableOfType(
                    ApiException.class,
                    () -> till(server).hijacks().createHijack(KEY, new HijackRequest().orderId(ID), "berta"));

            var problem = AbendkasseProblem.from(failure).orElseThrow();
            assertThat(problem.getClerk()).isEqualTo("anna");
            assertThat(problem.getOrder().getOrderNumber()).isEqualTo("100042");
            assertThat(problem.getCartId()).hasToString("0199d1f0-5a3c-7c11-9d0e-3f6a1c2b4d5e");
        }
    }

    private static AbendkasseClient till(StubServer server) {
        return AbendkasseClient.at(server.url()).accessToken("access").build();
    }
}
