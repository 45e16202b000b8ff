package dev.abendkasse.server.boxoffice;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.BoxOfficeOrder;
import dev.abendkasse.sdk.model.BoxOfficeOrderCreation;
import dev.abendkasse.sdk.model.Contact;
import dev.abendkasse.sdk.model.HijackState;
import dev.abendkasse.sdk.model.Order;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentLinkDelivery;
import dev.abendkasse.sdk.model.PaymentLinkDispatch;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.SentPaymentLink;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.testing.Till;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Orders that a box office holds for a while without money, and those whose money is to come by a link. */
class ReservationAtDeskTests {

    private static final Contact CALLER = new Contact().name("Example Buyer").phone("+49 30 5550100");

    private static Theatre theatre;
    private static Till staff;
    private static Till partner;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Map.of(
                "abendkasse.boxoffice.sweep-every", "200ms",
                "abendkasse.order.sweep-every", "200ms",
                "abendkasse.outbox.look-every", "200ms"));
        Theatre.execute(theatre.db(), "update shop set payment_page_url = 'https://shop.example.org/pay'");
        staff = Till.ofStaff(theatre);
        partner = Till.ofPartner(theatre, "corner-shop", "clerk");
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void callersOrderIsReservedAsLongAsTheShopReserves() throws ApiException {
        var reserved = partner.reserve(order(CALLER), null);

        assertThat(reserved.getState()).isEqualTo(OrderState.RESERVED);
        assertThat(reserved.getLease()).isNull();
        assertThat(reserved.getPaymentMethod()).isEqualTo(PaymentMethod.PAY_LATER);
        assertThat(reserved.getPayUntil())
                .isBetween(
                        OffsetDateTime.now().plusDays(6), OffsetDateTime.now().plusDays(8));
        expect(
                409,
                "order-state-conflict",
                () -> partner.client()
                        .hijacks()
                        .renewLease(reserved.getOrderId(), UUID.randomUUID(), 1L, partner.clerk()));
    }

    @Test
    void d19ReservationIsGivenMoreTimeAndNeverLess() throws ApiException {
        var until = inDays(3);
        var reserved = partner.reserve(order(CALLER), until);
        assertThat(reserved.getPayUntil()).isEqualTo(until);

        var problem = expect(409, "deadline-shortened", () -> partner.reserve(reserved, inDays(2)));
        assertThat(problem.getErrors().getFirst().getPointer()).isEqualTo("#/payUntil");
        assertThat(partner.reserve(reserved, inDays(4)).getPayUntil()).isEqualTo(inDays(4));
        assertThat(partner.reserve(reserved, null).getPayUntil()).isAfter(inDays(4));
    }

    @Test
    void d19DeadlineOfTheWebIsNotShortenedAtTheDesk() throws ApiException {
        var web = reservedOnTheWeb();
        var order = staff.hijack(web.getOrderId());

        expect(409, "deadline-shortened", () -> staff.reserve(order, inDays(1)));
        var reserved = staff.reserve(order, null);

        assertThat(reserved.getPayUntil()).isAfterOrEqualTo(web.getPayUntil());
        assertThat(hijackOf(order)).isEqualTo(HijackState.RESERVED);
    }

    @Test
    void d18ReservationKeepsItsPriceWhateverTheProgrammeCostsByThen() throws ApiException {
        var reserved = partner.reserve(order(CALLER), null);
        Theatre.execute(theatre.db(), "update price set amount = 7000 where category = 'ga' and price_type = 'full'");
        try {
            assertThat(staff.now(reserved).getTotal()).isEqualTo(Till.euros(5000));
            var order = staff.hijack(reserved.getOrderId());
            assertThat(order.getTotal()).isEqualTo(Till.euros(5000));
            assertThat(staff.pay(order, 5000).getOrder().getState()).isEqualTo(OrderState.CONFIRMED);
        } finally {
            Theatre.execute(
                    theatre.db(), "update price set amount = 5000 where category = 'ga' and price_type = 'full'");
        }
    }

    @Test
    void nothingIsReservedForNobodyNorBeyondThePerformanceNorInThePast() throws ApiException {
        expect(422, "contact-missing", () -> partner.reserve(order(new Contact()), null));
        var order = order(CALLER);
        expect(422, "pay-until-invalid", () -> partner.reserve(order, inDays(31)));
        expect(422, "pay-until-invalid", () -> partner.reserve(order, inDays(-1)));
        var emptied = partner.remove(order, order.getItems().getFirst().getItemId());
        expect(422, "order-empty", () -> partner.reserve(emptied, null));
        expect(422, "order-empty", () -> partner.pay(emptied, 0));
        assertThat(partner.now(order).getState()).isEqualTo(OrderState.AT_BOX_OFFICE);
    }

    @Test
    void reservationThatRunsOutGivesItsSeatsBack() throws ApiException {
        var reserved = partner.reserve(
                partner.sell(new BoxOfficeOrderCreation()
                        .items(theatre.seats("r5-5"))
                        .buyer(CALLER)),
                null);
        expect(409, "seats-taken", () -> theatre.hold(theatre.seats("r5-5")));

        theatre.letTimePass(reserved.getOrderId());

        assertThat(theatre.hold(theatre.seats("r5-5")).getItems()).hasSize(1);
        PayPage.await(
                () -> theatre.count("select count(*) from orders where state = 'EXPIRED' and order_id = '"
                        + reserved.getOrderId() + "'"),
                swept -> swept == 1);
        expect(409, "seats-taken", () -> partner.recover(reserved.getOrderId()));
    }

    @Test
    void linkIsPrintedForACallerAndMailedOnlyWhereThereIsAnAddress() throws ApiException {
        var order = order(CALLER);
        expect(422, "contact-missing", () -> link(order, PaymentLinkDelivery.EMAIL));

        var link = link(order, PaymentLinkDelivery.PRINT);

        assertThat(link.getUrl()).hasPath("/pay");
        assertThat(link.getAmount()).isEqualTo(Till.euros(5000));
        assertThat(partner.now(order).getState()).isEqualTo(OrderState.AWAITING_PAYMENT);
        expect(409, "order-state-conflict", () -> partner.renew(order));
        var mailed = link(order(new Contact().email("buyer@example.org")), PaymentLinkDelivery.EMAIL);
        assertThat(mailed.getUrl()).isNull();
    }

    @Test
    void linkIsSentByWhoeverHasTheOrder() throws ApiException {
        var order = order(CALLER);

        assertThat(expect(
                                409,
                                "lease-lost",
                                () -> partner.client()
                                        .boxOfficeSales()
                                        .sendPaymentLink(
                                                order.getOrderId(),
                                                UUID.randomUUID(),
                                                new PaymentLinkDispatch().delivery(PaymentLinkDelivery.PRINT),
                                                order.getLease().getFence(),
                                                "second"))
                        .getClerk())
                .isEqualTo("corner-shop/clerk");
        expect(
                404,
                "order-not-found",
                () -> partner.client()
                        .boxOfficeSales()
                        .sendPaymentLink(
                                reservedOnTheWeb().getOrderId(),
                                UUID.randomUUID(),
                                new PaymentLinkDispatch().delivery(PaymentLinkDelivery.PRINT),
                                null,
                                partner.clerk()));
    }

    @Test
    void h11OwnOrderWhoseClerkIsGoneStaysReservedForAWhileIfItsBuyerCanBeReached() throws ApiException {
        var order = order(CALLER);
        var nameless = order(new Contact().name("Example Buyer"));

        Theatre.execute(
                theatre.db(),
                "update desk set lease_until = clock_timestamp() - interval '1 second' where order_id in ('"
                        + order.getOrderId() + "', '" + nameless.getOrderId() + "')");

        var reserved = PayPage.await(() -> partner.now(order), now -> now.getState() == OrderState.RESERVED);
        assertThat(reserved.getPayUntil())
                .isBetween(
                        OffsetDateTime.now().plusMinutes(25),
                        OffsetDateTime.now().plusMinutes(31));
        PayPage.await(() -> partner.now(nameless), now -> now.getState() == OrderState.CANCELLED);
    }

    /** Nobody can be written to, and nothing is stuck because of it. */
    @Test
    void reservationWithoutAnAddressSendsNoLetterAndLeavesNothingUndelivered() throws ApiException {
        var reserved = partner.reserve(order(CALLER), null);

        PayPage.await(() -> letters(reserved, "WAITING"), waiting -> waiting == 0);
        assertThat(letters(reserved, "DEAD")).isZero();
        assertThat(theatre.count(
                        "select count(*) from mailbox_mail where subject like '%" + reserved.getOrderNumber() + "%'"))
                .isZero();
    }

    @Test
    void letterGreetsWhoeverHasGivenNoName() throws ApiException {
        var reserved = partner.reserve(order(new Contact().email("nameless@example.org")), null);

        PayPage.await(
                () -> theatre.count("select count(*) from mailbox_mail where subject like '%"
                        + reserved.getOrderNumber() + "%' and convert_from(source, 'UTF8') like '%Good day,%'"),
                mails -> mails == 1);
    }

    /** But for the reminder, which waits for its day. */
    private static long letters(BoxOfficeOrder order, String state) {
        return theatre.count("select count(*) from outbox_message where kind = 'MAIL' and state = '" + state
                + "' and due_at < clock_timestamp() + interval '1 hour' and key like '%" + order.getOrderId() + "%'");
    }

    private static BoxOfficeOrder order(Contact buyer) throws ApiException {
        return partner.sell(
                new BoxOfficeOrderCreation().items(theatre.best("ga", 1)).buyer(buyer));
    }

    private static Order reservedOnTheWeb() throws ApiException {
        var cart = theatre.hold(theatre.best("ga", 1));
        return ((Outcome.Reserved) theatre.checkOut(cart, PaymentMethod.PAY_LATER)).order();
    }

    private static SentPaymentLink link(BoxOfficeOrder order, PaymentLinkDelivery delivery) throws ApiException {
        return partner.client()
                .boxOfficeSales()
                .sendPaymentLink(
                        order.getOrderId(),
                        UUID.randomUUID(),
                        new PaymentLinkDispatch().delivery(delivery),
                        order.getLease().getFence(),
                        partner.clerk());
    }

    private static HijackState hijackOf(BoxOfficeOrder order) throws ApiException {
        return staff.client().hijacks().getHijack(order.getHijackId()).getState();
    }

    private static OffsetDateTime inDays(int days) {
        return OffsetDateTime.now(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .plusDays(days)
                .plusHours(12);
    }
}
