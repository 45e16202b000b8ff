package dev.abendkasse.server.paymentlink;

import static dev.abendkasse.server.paymentlink.LinkDesk.problem;
import static dev.abendkasse.server.paymentlink.LinkDesk.request;
import static dev.abendkasse.server.paymentlink.LinkDesk.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Payment;
import dev.abendkasse.sdk.model.PaymentLinkDelivery;
import dev.abendkasse.sdk.model.PaymentLinkItem;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.PaymentState;
import dev.abendkasse.sdk.model.PspMethod;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Theatre;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Payment links from the clerk's desk to the tickets. */
class PaymentLinkJourneyTests {

    private static Theatre theatre;
    private static LinkDesk desk;

    @BeforeAll
    static void openTheTheatre() {
        theatre = LinkDesk.openTheTheatre(Map.of());
        desk = new LinkDesk(theatre);
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void clerkSendsALinkAndItsBearerPaysAndTheOrderHasItsTickets() throws ApiException {
        var order = desk.reserved(2);
        var link = desk.send(order.getOrderId());
        var bearer = desk.bearer(token(link)).paymentLinks();

        var seen = bearer.getPaymentLink();
        var payment = desk.pay(token(link), request(seen.getAmount()), UUID.randomUUID());
        PayPage.of(payment).pay();

        assertThat(seen.getOrderNumber()).isEqualTo(order.getOrderNumber());
        assertThat(seen.getAmount().getAmount()).isEqualTo(10_000);
        PayPage.await(() -> state(order.getOrderId()), "CONFIRMED"::equals);
        assertThat(theatre.count("select count(*) from ticket where order_id = '" + order.getOrderId() + "'"))
                .isEqualTo(2);
        assertThat(desk.state(link)).isEqualTo("USED");
        problem(410, "payment-link-paid", bearer::getPaymentLink);
        problem(410, "payment-link-paid", () -> desk.pay(token(link), request(10_000), UUID.randomUUID()));
    }

    @Test
    void bearerSeesWhatIsBoughtAndNothingOfTheBuyer() throws ApiException {
        var order = desk.reserved(1);
        desk.run("update orders set buyer = buyer || '{\"phone\": \"+49 30 123456\"}' where order_id = '"
                + order.getOrderId() + "'");
        var link = desk.send(order.getOrderId());

        var seen = desk.bearer(token(link)).paymentLinks().getPaymentLink();

        assertThat(seen.getShopName()).isEqualTo("Abendkasse");
        assertThat(seen.getMethods()).containsExactlyInAnyOrder(PspMethod.CARD, PspMethod.PAYPAL, PspMethod.SEPA_DEBIT);
        assertThat(seen.getPayUntil()).isEqualTo(link.getExpiresAt());
        assertThat(seen.getPaymentInProgress()).isFalse();
        assertThat(seen.getTotal()).isEqualTo(seen.getAmount());
        assertThat(seen.getItems()).singleElement().satisfies(PaymentLinkJourneyTests::isAStandingPlace);
        var raw = theatre.server()
                .http()
                .get()
                .uri("/v1/payment-link")
                .header("Link-Token", token(link))
                .exchange()
                .expectHeader()
                .valueEquals("Cache-Control", "no-store")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        assertThat(raw)
                .doesNotContain(
                        "Example Buyer",
                        "@example.org",
                        "+49",
                        order.getOrderId().toString());
    }

    private static void isAStandingPlace(PaymentLinkItem item) {
        assertThat(item.getEventTitle()).isEqualTo("Faust");
        assertThat(item.getHall()).isEqualTo("Studio");
        assertThat(item.getTimeZone()).isEqualTo("Europe/Berlin");
        assertThat(item.getStartsAt()).isAfter(OffsetDateTime.now().plusDays(29));
        assertThat(item.getCategoryName()).isEqualTo("Stehplatz");
        assertThat(item.getPriceTypeName()).isEqualTo("Normal");
        assertThat(item.getPrice().getAmount()).isEqualTo(5_000);
        assertThat(item.getSeat()).isNull();
    }

    @Test
    void seatsAreShownAsTheyAreFound() throws ApiException {
        var cart = theatre.hold(theatre.seats("r1-1"));
        var order = ((Outcome.Reserved) theatre.checkOut(cart, PaymentMethod.PAY_LATER)).order();

        var seen =
                desk.bearer(token(desk.send(order.getOrderId()))).paymentLinks().getPaymentLink();

        assertThat(seen.getItems()).singleElement().satisfies(item -> {
            assertThat(item.getSeat().getSection()).isEqualTo("Parkett");
            assertThat(item.getSeat().getNumber()).isEqualTo("1");
        });
    }

    @Test
    void mailIsPostedWithoutTheSecretAndTheSecretIsHadAgainFromTheLink() throws ApiException {
        var order = desk.reserved(1);
        var sent = desk.send(order.getOrderId(), PaymentLinkDelivery.EMAIL, UUID.randomUUID());

        var url = Awaited.of(theatre.server().bean(PaymentLinks.class).urlOf(sent.getLinkId()));

        assertThat(sent.getUrl()).as("the mailbox is proven by the mail alone").isNull();
        assertThat(url).startsWith(LinkDesk.PAGE + "#");
        assertThat(desk.bearer(URI.create(url).getFragment())
                        .paymentLinks()
                        .getPaymentLink()
                        .getOrderNumber())
                .isEqualTo(order.getOrderNumber());
        assertThat(desk.text("select payload::text from outbox_message where kind = 'MAIL' and key = 'payment-link:"
                        + order.getOrderId() + ":" + sent.getLinkId() + "'"))
                .contains(sent.getLinkId().toString())
                .doesNotContain(URI.create(url).getFragment());
    }

    @Test
    void p8RepeatedSendingGivesTheSameLinkAndAnotherRequestUnderItsKeyNothing() throws ApiException {
        var order = desk.reserved(1);
        var key = UUID.randomUUID();

        var first = desk.send(order.getOrderId(), PaymentLinkDelivery.PRINT, key);

        assertThat(desk.send(order.getOrderId(), PaymentLinkDelivery.PRINT, key))
                .isEqualTo(first);
        problem(422, "idempotency-key-reused", () -> desk.send(order.getOrderId(), PaymentLinkDelivery.EMAIL, key));
        assertThat(links(order.getOrderId())).isOne();
    }

    @Test
    void p8RepeatedPaymentStartsOneAttemptAndGivesItsAnswerAgain() throws ApiException {
        var link = desk.send(desk.reserved(1).getOrderId());
        var key = UUID.randomUUID();

        var first = desk.pay(token(link), request(5_000), key);

        assertThat(desk.pay(token(link), request(5_000), key)).isEqualTo(first);
        problem(422, "idempotency-key-reused", () -> desk.pay(token(link), request(4_000), key));
        assertThat(attempts(link.getOrderId())).isOne();
    }

    @Test
    void newLinkEndsTheOlderOne() throws ApiException {
        var order = desk.reserved(1).getOrderId();
        var older = desk.send(order);

        var newer = desk.send(order);

        assertThat(desk.state(older)).isEqualTo("VOID");
        problem(410, "payment-link-gone", () -> desk.pay(token(older), request(5_000), UUID.randomUUID()));
        assertThat(Awaited.of(theatre.server()
                        .bean(PaymentLinks.class)
                        .urlOf(older.getLinkId())
                        .singleOptional()))
                .as("its mail need not be sent any more")
                .isEmpty();
        PayPage.of(desk.pay(token(newer))).pay();
        PayPage.await(() -> state(order), "CONFIRMED"::equals);
        problem(410, "payment-link-paid", () -> desk.pay(token(older), request(5_000), UUID.randomUUID()));
    }

    @Test
    void declinedCardMayBeFollowedByAnotherWhileTheLinkLives() throws ApiException {
        var link = desk.send(desk.reserved(1).getOrderId());
        var declined = desk.pay(token(link));
        PayPage.of(declined).decline();
        PayPage.await(() -> attemptState(declined), "FAILED"::equals);
        assertThat(desk.state(link)).isEqualTo("OPEN");

        PayPage.of(desk.pay(token(link))).pay();

        PayPage.await(() -> state(link.getOrderId()), "CONFIRMED"::equals);
        assertThat(desk.state(link)).isEqualTo("USED");
    }

    @Test
    void anotherAmountIsNotPaid() throws ApiException {
        var link = desk.send(desk.reserved(1).getOrderId());

        var fault = problem(409, "amount-differs", () -> desk.pay(token(link), request(4_999), UUID.randomUUID()));

        assertThat(fault.getErrors().getFirst().getPointer()).isEqualTo("#/amount");
        var inDollars = request(5_000);
        inDollars.getAmount().setCurrency("USD");
        problem(409, "amount-differs", () -> desk.pay(token(link), inDollars, UUID.randomUUID()));
        assertThat(attempts(link.getOrderId())).isZero();
    }

    @Test
    void secretStaysOutOfTheReturnAddressAndForeignAddressesAreRefused() throws ApiException {
        var link = desk.send(desk.reserved(1).getOrderId());
        var secret = URI.create(LinkDesk.PAGE + "#" + token(link));

        problem(
                422,
                "return-url-not-allowed",
                () -> desk.pay(token(link), request(5_000).returnUrl(secret), UUID.randomUUID()));
        problem(
                422,
                "return-url-not-allowed",
                () -> desk.pay(
                        token(link),
                        request(5_000).returnUrl(URI.create("https://elsewhere.example.org")),
                        UUID.randomUUID()));
        assertThat(attempts(link.getOrderId())).isZero();
        assertThat(desk.pay(
                                token(link),
                                request(5_000).returnUrl(URI.create(LinkDesk.PAGE + "/done")),
                                UUID.randomUUID())
                        .getState())
                .isEqualTo(PaymentState.ACTION_REQUIRED);
    }

    @Test
    void whileTheProviderIsWorkingOnAPaymentThereIsNoOther() throws ApiException {
        var link = desk.send(desk.reserved(1).getOrderId());
        PayPage.of(desk.pay(token(link))).keepWaiting();
        PayPage.await(
                () -> desk.bearer(token(link)).paymentLinks().getPaymentLink(), seen -> seen.getPaymentInProgress());

        problem(409, "payment-in-progress", () -> desk.pay(token(link)));
        problem(409, "payment-in-progress", () -> desk.send(link.getOrderId()));
    }

    @Test
    void linkIsForWhatIsStillOwed() throws ApiException {
        var order = desk.reserved(2).getOrderId();
        var whole = desk.send(order);
        desk.run("insert into money_entry (order_id, kind, amount, source) values ('" + order
                + "', 'TRANSFER', 4000, 'test')");
        desk.run("select touch_order('" + order + "')");
        problem(410, "payment-link-gone", () -> desk.pay(token(whole), request(10_000), UUID.randomUUID()));

        var rest = desk.send(order);

        assertThat(rest.getAmount().getAmount()).isEqualTo(6_000);
        assertThat(desk.bearer(token(rest))
                        .paymentLinks()
                        .getPaymentLink()
                        .getTotal()
                        .getAmount())
                .isEqualTo(10_000);
        PayPage.of(desk.pay(token(rest))).pay();
        PayPage.await(() -> state(order), "CONFIRMED"::equals);
    }

    @Test
    void linkOfAChangedOrderLooksLikeOneThatWasEnded() throws ApiException {
        var changed = desk.send(desk.reserved(1).getOrderId());
        var ended = desk.send(desk.reserved(1).getOrderId());
        var expired = desk.send(desk.reserved(1).getOrderId());

        desk.run("update orders set purchase_version = purchase_version + 1 where order_id = '" + changed.getOrderId()
                + "'");
        desk.run("select end_links('" + ended.getOrderId() + "', 'VOID')");
        desk.run(
                "update payment_link set expires_at = clock_timestamp() where link_id = '" + expired.getLinkId() + "'");

        var look = problem(410, "payment-link-gone", () -> look(token(ended)));
        assertThat(problem(410, "payment-link-gone", () -> look(token(changed))))
                .isEqualTo(look);
        assertThat(problem(410, "payment-link-gone", () -> look(token(expired))))
                .isEqualTo(look);
    }

    @Test
    void linkOfACancelledOrderIsGone() throws ApiException {
        var awaiting = desk.awaitingPayment();
        var link = desk.send(awaiting.orderId());

        theatre.shop()
                .withOrderToken(awaiting.orderToken())
                .orders()
                .cancelOrder(awaiting.orderId(), UUID.randomUUID());

        assertThat(desk.state(link)).isEqualTo("VOID");
        problem(410, "payment-link-gone", () -> look(token(link)));
    }

    @Test
    void linkIsNoLoginAndOpensNothingElse() throws ApiException {
        var order = desk.reserved(1);
        var token = token(desk.send(order.getOrderId()));

        problem(401, "unauthorized", () -> desk.bearer(token).orders().getOrder(order.getOrderId()));
        problem(
                404,
                "order-not-found",
                () -> theatre.shop().withOrderToken(token).orders().getOrder(order.getOrderId()));
        problem(401, "unauthorized", () -> theatre.shop().paymentLinks().getPaymentLink());
        problem(404, "payment-link-not-found", () -> look("A".repeat(43)));
    }

    @Test
    void d18PriceOfALinkHoldsUntilItsDeadline() throws ApiException {
        var other = theatre.anotherHall(10);
        var cart = other.hold(other.seats("r1-1"));
        var order = ((Outcome.Reserved) other.checkOut(cart, PaymentMethod.PAY_LATER)).order();
        var link = desk.send(order.getOrderId());

        desk.run("update price set amount = 9900 where performance_id = '" + other.performance() + "'");

        assertThat(desk.bearer(token(link))
                        .paymentLinks()
                        .getPaymentLink()
                        .getAmount()
                        .getAmount())
                .isEqualTo(5_000);
        PayPage.of(desk.pay(token(link), request(5_000), UUID.randomUUID())).pay();
        PayPage.await(() -> state(order.getOrderId()), "CONFIRMED"::equals);
    }

    @Test
    void d19LinkGivesAnOrderThatWasToBePaidAtOnceTheLinksTime() throws ApiException {
        var awaiting = desk.awaitingPayment();

        var link = desk.send(awaiting.orderId());

        assertThat(link.getExpiresAt())
                .isCloseTo(OffsetDateTime.now().plusHours(72), Assertions.within(1, ChronoUnit.MINUTES));
        assertThat(order(awaiting.orderId(), "held_until"))
                .isEqualTo(link.getExpiresAt().plusMinutes(2));
        assertThat(order(awaiting.orderId(), "pay_until")).isEqualTo(link.getExpiresAt());
        assertThat(theatre.count("select count(*) from place join orders on holder = order_id where order_id = '"
                        + awaiting.orderId() + "' and place.held_until = orders.held_until"))
                .isOne();
        PayPage.of(awaiting.payment()).pay();
        PayPage.await(() -> state(awaiting.orderId()), "CONFIRMED"::equals);
        assertThat(desk.state(link)).as("the attempt from before is as good").isEqualTo("USED");
    }

    @Test
    void d19LinkAndItsPaymentsDoNotShortenAReservation() throws ApiException {
        var order = desk.reserved(1).getOrderId();
        var held = order(order, "held_until");
        var until = order(order, "coalesce(pay_until, held_until)");

        var link = desk.send(order);
        PayPage.of(desk.pay(token(link))).decline();

        assertThat(link.getExpiresAt()).isBefore(until);
        assertThat(order(order, "held_until")).isEqualTo(held);
        assertThat(order(order, "coalesce(pay_until, held_until)")).isEqualTo(until);
    }

    @Test
    void linkEndsAnHourBeforeTheFirstPerformanceAndIsNotMadeJustBeforeThat() throws ApiException {
        var other = theatre.anotherHall(10);
        var order = ((Outcome.Reserved) other.checkOut(other.hold(other.seats("r1-1")), PaymentMethod.PAY_LATER))
                .order()
                .getOrderId();
        startsIn(other, "30 hours");

        assertThat(desk.send(order).getExpiresAt())
                .isCloseTo(OffsetDateTime.now().plusHours(29), Assertions.within(1, ChronoUnit.MINUTES));
        startsIn(other, "64 minutes");
        problem(409, "payment-link-too-late", () -> desk.send(order));
        assertThat(links(order)).isOne();
    }

    @Test
    void linkIsNotMadeForAnOrderThatIsBeingDecided() throws ApiException {
        var order = desk.reserved(1).getOrderId();
        desk.run("update orders set state = 'UNDER_REVIEW' where order_id = '" + order + "'");

        problem(409, "case-open", () -> desk.send(order));
    }

    @Test
    void linkIsNotMadeForAnOrderThatIsOver() throws ApiException {
        var cancelled = desk.awaitingPayment();
        theatre.shop()
                .withOrderToken(cancelled.orderToken())
                .orders()
                .cancelOrder(cancelled.orderId(), UUID.randomUUID());
        var expired = desk.reserved(1).getOrderId();
        theatre.letTimePass(expired);
        var paid = desk.awaitingPayment();
        PayPage.of(paid.payment()).pay();
        PayPage.await(() -> state(paid.orderId()), "CONFIRMED"::equals);

        problem(409, "order-state-conflict", () -> desk.send(cancelled.orderId()));
        problem(409, "order-state-conflict", () -> desk.send(expired));
        problem(409, "order-state-conflict", () -> desk.send(paid.orderId()));
        problem(404, "order-not-found", () -> desk.send(UUID.randomUUID()));
    }

    @Test
    void secretsHave256BitsAndNoTwoAreAlike() throws ApiException {
        var order = desk.reserved(1).getOrderId();
        var seen = new HashSet<String>();
        for (int i = 0; i < 20; i++) {
            seen.add(token(desk.send(order)));
        }

        assertThat(seen)
                .hasSize(20)
                .allSatisfy(token ->
                        assertThat(Base64.getUrlDecoder().decode(token)).hasSize(32));
    }

    private static void startsIn(Theatre hall, String time) {
        desk.run("update performance set starts_at = clock_timestamp() + interval '" + time
                + "', sales_end = clock_timestamp() + interval '" + time + "' where performance_id = '"
                + hall.performance() + "'");
    }

    private static void look(String token) throws ApiException {
        desk.bearer(token).paymentLinks().getPaymentLink();
    }

    private static OffsetDateTime order(UUID order, String column) {
        return Awaited.of(theatre.db()
                .sql("select " + column + " from orders where order_id = '" + order + "'")
                .mapValue(OffsetDateTime.class)
                .one());
    }

    private static String state(UUID order) {
        return desk.text("select state from orders where order_id = '" + order + "'");
    }

    private static String attemptState(Payment payment) {
        return desk.text("select state from payment where payment_id = '" + payment.getPaymentId() + "'");
    }

    private static long attempts(UUID order) {
        return theatre.count("select count(*) from payment where order_id = '" + order + "'");
    }

    private static long links(UUID order) {
        return theatre.count("select count(*) from payment_link where order_id = '" + order + "'");
    }
}
