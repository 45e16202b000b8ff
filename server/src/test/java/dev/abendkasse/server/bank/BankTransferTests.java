package dev.abendkasse.server.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.BookingOutcome;
import dev.abendkasse.office.model.Money;
import dev.abendkasse.office.model.ReceivedPayment;
import dev.abendkasse.office.model.ReceivedPaymentDraft;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentLinkDelivery;
import dev.abendkasse.sdk.model.PaymentLinkDispatch;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.PaymentStatus;
import dev.abendkasse.server.testing.BankTheatre;
import dev.abendkasse.server.testing.BankTheatre.UnpaidTransfer;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Problems;
import dev.abendkasse.server.testing.Theatre;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Buyers transfer the money, and staff book it by hand. */
class BankTransferTests {

    private static Theatre theatre;

    @BeforeAll
    static void openTheTheatre() {
        theatre = BankTheatre.open();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void d16TransferReservesSeatsLongerThanItsBuyerIsToldAndSaysWhereTheMoneyGoes() throws ApiException {
        var order = BankTheatre.reserved(theatre, theatre.best("a", 2)).made();

        assertThat(order.getState()).isEqualTo(OrderState.RESERVED);
        assertThat(order.getPaymentMethod()).isEqualTo(PaymentMethod.BANK_TRANSFER);
        assertThat(order.getPaid().getAmount()).isZero();
        assertThat(Duration.between(order.getCreatedAt(), order.getPayUntil()))
                .isCloseTo(Duration.ofDays(5), Duration.ofMinutes(1));
        assertThat(Duration.between(order.getPayUntil(), order.getHeldUntil())).isEqualTo(Duration.ofDays(2));
        assertThat(order.getBankTransfer().getAccountHolder()).isEqualTo("Example theatre");
        assertThat(order.getBankTransfer().getIban()).isEqualTo(BankTheatre.IBAN);
        assertThat(order.getBankTransfer().getBic()).isNull();
        assertThat(order.getBankTransfer().getReference()).isEqualTo(order.getOrderNumber());
    }

    @Test
    void enoughMoneyConfirmsTheOrder() throws ApiException {
        var order = BankTheatre.reserved(theatre, theatre.best("a", 2));

        var booked = order.book(10_000);

        assertThat(booked.getOutcome()).isEqualTo(BookingOutcome.CONFIRMED);
        assertThat(booked.getInTime()).isTrue();
        assertThat(booked.getBookedBy()).isEqualTo("admin");
        assertThat(booked.getToGiveBack()).isNull();
        assertThat(order.now().getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(order.now().getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
        assertThat(order.now().getPaid().getAmount()).isEqualTo(10_000);
        assertThat(order.now().getBankTransfer()).isNull();
        assertThat(order.count("ticket where revoked_at is null")).isEqualTo(2);
    }

    @Test
    void aPartIsKeptUntilTheRestComesAndNobodyIsBothered() throws ApiException {
        var order = BankTheatre.reserved(theatre, theatre.best("a", 2));

        var part = order.book(4_000);

        assertThat(part.getOutcome()).isEqualTo(BookingOutcome.PART_PAID);
        assertThat(part.getOwed().getAmount()).isEqualTo(6_000);
        assertThat(order.now().getState()).isEqualTo(OrderState.RESERVED);
        assertThat(order.now().getPaymentStatus()).isEqualTo(PaymentStatus.PART_PAID);
        assertThat(order.now().getBankTransfer()).isNotNull();
        assertThat(order.book(6_000).getOutcome()).isEqualTo(BookingOutcome.CONFIRMED);
        assertThat(order.count("case_file where true")).isZero();
    }

    @Test
    void d16AndP5PartOfTheMoneyGoesBackByHandWhenTheRestDidNotComeInTime() throws ApiException {
        var order = BankTheatre.reserved(theatre, theatre.best("a", 1));
        order.book(4_000);

        theatre.letTimePass(order.id());

        PayPage.await(
                () -> order.count("case_file where kind = 'LATE_PAYMENT' and amount = 4000"), cases -> cases == 1);
        assertThat(order.count("refund where state = 'BY_HAND' and amount = 4000"))
                .isOne();
    }

    @Test
    void p5MoreThanTheTotalConfirmsAndTheRestGoesBackByHandWithACase() throws ApiException {
        var order = BankTheatre.reserved(theatre, theatre.best("a", 1));

        var booked = order.book(5_700);

        assertThat(booked.getOutcome()).isEqualTo(BookingOutcome.CONFIRMED);
        assertThat(booked.getToGiveBack()).isEqualTo(eur(700));
        assertThat(order.count("case_file where kind = 'LATE_PAYMENT' and state = 'OPEN' and amount = 700"
                        + " and case_number = '" + booked.getCaseNumber() + "'"))
                .isOne();
        assertThat(order.count("refund where state = 'BY_HAND' and reason = 'OVERPAYMENT' and amount = 700"))
                .isOne();
        assertThat(order.now().getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
    }

    @Test
    void p5MoneyForAnOrderThatIsPaidGoesBackWhole() throws ApiException {
        var order = BankTheatre.reserved(theatre, theatre.best("a", 1));
        order.book(5_000);

        var again = order.book(5_000);

        assertThat(again.getOutcome()).isEqualTo(BookingOutcome.REFUNDING);
        assertThat(again.getToGiveBack()).isEqualTo(eur(5_000));
        assertThat(again.getInTime()).isNull();
        assertThat(order.now().getPaid().getAmount()).isEqualTo(5_000);
    }

    @Test
    void d16TransferMadeInTimeAndBookedWithinTheGraceConfirms() throws ApiException {
        var order = BankTheatre.reserved(theatre, theatre.best("a", 1));
        paidUntilTwoDaysAgo(order);

        var booked = order.book(5_000, BankTheatre.today().minusDays(2));

        assertThat(booked.getOutcome()).isEqualTo(BookingOutcome.CONFIRMED);
        assertThat(booked.getInTime()).isTrue();
    }

    @Test
    void d16TransferMadeLateButBookedWithinTheGraceConfirmsTooAndSaysThatItWasLate() throws ApiException {
        var order = BankTheatre.reserved(theatre, theatre.best("a", 1));
        paidUntilTwoDaysAgo(order);

        var booked = order.book(5_000, BankTheatre.today().minusDays(1));

        assertThat(booked.getOutcome()).isEqualTo(BookingOutcome.CONFIRMED);
        assertThat(booked.getInTime()).isFalse();
    }

    @Test
    void d16AndD3TransferBookedAfterTheGraceTakesTheSameSeatsWhereNobodyElseHas() throws ApiException {
        var order = BankTheatre.reserved(theatre, theatre.best("a", 1));
        paidUntilTwoDaysAgo(order);
        theatre.letTimePass(order.id());
        awaitSwept(order);

        var booked = order.book(5_000, BankTheatre.today().minusDays(3));

        assertThat(booked.getOutcome()).isEqualTo(BookingOutcome.CONFIRMED);
        assertThat(booked.getInTime()).isTrue();
        assertThat(order.count("ticket where revoked_at is null")).isOne();
    }

    @Test
    void d16AndP5TransferBookedAfterTheGraceForSeatsThatAreGoneGoesBackOnceWithACase() throws ApiException {
        var order = BankTheatre.reserved(theatre, theatre.seats("r10-10"));
        paidUntilTwoDaysAgo(order);
        theatre.letTimePass(order.id());
        theatre.hold(theatre.seats("r10-10"));

        var booked = order.book(5_000, BankTheatre.today().minusDays(3));

        assertThat(booked.getOutcome()).isEqualTo(BookingOutcome.REFUNDING);
        assertThat(booked.getInTime()).isTrue();
        assertThat(booked.getToGiveBack()).isEqualTo(eur(5_000));
        assertThat(booked.getCaseNumber()).hasSize(10);
        assertThat(order.now().getState()).isEqualTo(OrderState.EXPIRED);
        awaitSwept(order);
        assertThat(order.count("refund where state = 'BY_HAND' and amount = 5000"))
                .isOne();
        assertThat(order.count("case_file where kind = 'LATE_PAYMENT' and amount = 5000"))
                .isOne();
    }

    @Test
    void d16AndP5TransferThatIsBookedAfterTheShowGoesBackThoughItsSeatIsFree() throws ApiException {
        var hall = theatre.anotherHall(10);
        var order = BankTheatre.reserved(hall, hall.best("a", 1));
        hall.letTimePass(order.id());
        hall.startsIn("-2 days");

        var booked = order.book(5_000);

        assertThat(booked.getOutcome()).isEqualTo(BookingOutcome.REFUNDING);
        assertThat(booked.getToGiveBack()).isEqualTo(eur(5_000));
        assertThat(booked.getCaseNumber()).hasSize(10);
        assertThat(order.now().getState()).isEqualTo(OrderState.EXPIRED);
    }

    @Test
    void d16TransferKeepsItsGraceWhenALinkMakesItsTimeLonger() throws ApiException {
        Theatre.execute(
                theatre.db(),
                "update shop set link_seconds = 864000, payment_page_url = 'https://shop.example.org/pay'");
        var order = BankTheatre.reserved(theatre, theatre.best("a", 1));

        theatre.boxOffice()
                .boxOfficeSales()
                .sendPaymentLink(
                        order.id(),
                        UUID.randomUUID(),
                        new PaymentLinkDispatch().delivery(PaymentLinkDelivery.PRINT),
                        null,
                        null);

        assertThat(order.now().getPayUntil()).isAfter(order.made().getPayUntil().plusDays(4));
        assertThat(Duration.between(order.now().getPayUntil(), order.now().getHeldUntil()))
                .isEqualTo(Duration.ofDays(2));
    }

    @Test
    void d7AndP5MoneyForACancelledOrderGoesBack() throws ApiException {
        var order = BankTheatre.reserved(theatre, theatre.best("a", 1));
        theatre.shop().withOrderToken(order.token()).orders().cancelOrder(order.id(), UUID.randomUUID());

        var booked = order.book(5_000);

        assertThat(booked.getOutcome()).isEqualTo(BookingOutcome.REFUNDING);
        assertThat(booked.getInTime()).isNull();
        assertThat(order.now().getState()).isEqualTo(OrderState.CANCELLED);
    }

    @Test
    void c6MoneyInAnotherCurrencyIsForPeople() throws ApiException {
        var order = BankTheatre.reserved(theatre, theatre.best("a", 1));
        var draft = order.draft(5_000).amount(new Money().amount(5_000L).currency("USD"));

        var booked = book(UUID.randomUUID(), draft);

        assertThat(booked.getOutcome()).isEqualTo(BookingOutcome.CASE);
        assertThat(booked.getCaseNumber()).hasSize(10);
        assertThat(order.now().getState()).isEqualTo(OrderState.RESERVED);
        assertThat(order.now().getPaid().getAmount()).isZero();
    }

    @Test
    void p8SameKeyBooksOnceAndGivesTheFirstAnswerAgain() throws ApiException {
        var order = BankTheatre.reserved(theatre, theatre.best("a", 1));
        var key = UUID.randomUUID();

        var first = book(key, order.draft(2_000));

        assertThat(book(key, order.draft(2_000))).isEqualTo(first);
        Problems.expect(422, "idempotency-key-reused", () -> book(key, order.draft(3_000)));
        assertThat(order.now().getPaid().getAmount()).isEqualTo(2_000);
        assertThat(order.count("received_payment where true")).isOne();
    }

    @Test
    void whatDoesNotFitIsPointedAtAndBooksNothing() throws ApiException {
        var order = BankTheatre.reserved(theatre, theatre.best("a", 1));

        refused("#/valueDate", order.draft(5_000).valueDate(BankTheatre.today().plusDays(2)));
        refused("#/amount/amount", order.draft(0));
        refused("#", order.draft(5_000).orderId(order.id()));
        refused("#", order.draft(5_000).orderNumber(null));
        Problems.expect(
                404,
                "order-not-found",
                () -> book(UUID.randomUUID(), order.draft(1).orderNumber("1")));
        assertThat(order.count("received_payment where true")).isZero();
    }

    @Test
    void bookingsAreListedTheLatestFirst() throws ApiException {
        var order = BankTheatre.reserved(theatre, theatre.best("a", 1));
        var found = new ArrayList<ReceivedPayment>();
        var booked = new ArrayList<ReceivedPayment>();
        for (int cents = 1; cents <= 3; cents++) {
            booked.addFirst(book(UUID.randomUUID(), order.draft(cents).note("Part " + cents)));
        }

        var payments = theatre.office().receivedPayments();
        var page = payments.listReceivedPayments(order.id(), null, 2);
        found.addAll(page.getItems());
        found.addAll(payments.listReceivedPayments(order.id(), page.getNextCursor(), 2)
                .getItems());

        assertThat(found)
                .extracting(ReceivedPayment::getReceivedPaymentId)
                .containsExactlyElementsOf(booked.stream()
                        .map(ReceivedPayment::getReceivedPaymentId)
                        .toList());
        assertThat(found.getFirst().getNote()).isEqualTo("Part 3");
        assertThat(payments.listReceivedPayments(null, null, 100).getItems()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void shopWithoutAnAccountDoesNotTakeTransfers() throws ApiException {
        try (var other = Theatre.open()) {
            Theatre.execute(other.db(), "update shop set payment_methods = '{BANK_TRANSFER}'");

            Problems.expect(
                    422,
                    "payment-method-not-available",
                    () -> other.checkOut(other.hold(other.best("a", 1)), PaymentMethod.BANK_TRANSFER));
            var shop = other.office().shops().getShop("main");
            assertThat(shop.getTransferSeconds()).isEqualTo(432_000);
            var problem = Problems.expect(
                    422,
                    "programme-invalid",
                    () -> other.office().shops().putShop("main", Shops.settings(shop), "\"1\""));
            assertThat(problem.getErrors()).singleElement().satisfies(error -> {
                assertThat(error.getPointer()).isEqualTo("#/paymentMethods");
                assertThat(error.getDetail()).contains("bank account");
            });
        }
    }

    private static void refused(String pointer, ReceivedPaymentDraft draft) {
        var problem = Problems.expect(400, "invalid-request", () -> book(UUID.randomUUID(), draft));
        assertThat(problem.getErrors())
                .singleElement()
                .satisfies(error -> assertThat(error.getPointer()).isEqualTo(pointer));
    }

    private static ReceivedPayment book(UUID key, ReceivedPaymentDraft draft) throws ApiException {
        return theatre.office().receivedPayments().bookReceivedPayment(key, draft);
    }

    /** As if the buyer had been told to pay until the day before yesterday; the seats are still held. */
    private static void paidUntilTwoDaysAgo(UnpaidTransfer order) {
        Theatre.execute(
                theatre.db(),
                "update orders set pay_until = clock_timestamp() - interval '2 days' where order_id = '" + order.id()
                        + "'");
    }

    private static void awaitSwept(UnpaidTransfer order) throws ApiException {
        PayPage.await(() -> order.count("orders where state = 'EXPIRED'"), swept -> swept == 1);
    }

    private static Money eur(long cents) {
        return new Money().amount(cents).currency("EUR");
    }
}
