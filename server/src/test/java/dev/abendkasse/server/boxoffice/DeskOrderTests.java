package dev.abendkasse.server.boxoffice;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.BoxOfficeOrder;
import dev.abendkasse.sdk.model.BoxOfficeOrderCreation;
import dev.abendkasse.sdk.model.Contact;
import dev.abendkasse.sdk.model.ItemChange;
import dev.abendkasse.sdk.model.ItemSelection;
import dev.abendkasse.sdk.model.OrderCaseRequest;
import dev.abendkasse.sdk.model.OrderNote;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.SeatState;
import dev.abendkasse.sdk.model.TicketState;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.Reserved;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.UnderReview;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.testing.Till;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Orders that clerks make for callers and walk-ins, and how they change them. */
class DeskOrderTests {

    private static Theatre theatre;
    private static Till staff;
    private static Till partner;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Map.of("abendkasse.checkout.credit-limit", "12000"));
        staff = Till.ofStaff(theatre);
        partner = Till.ofPartner(theatre, "corner-shop", "clerk");
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void walkInBuysWithoutSayingWhoTheyAre() throws Exception {
        var order = partner.sell(theatre.seats("r1-1", "r1-2"));

        assertThat(order.getState()).isEqualTo(OrderState.AT_BOX_OFFICE);
        assertThat(order.getBuyer()).isNull();
        assertThat(order.getClientId()).isEqualTo("corner-shop");
        assertThat(order.getLease().getClerk()).isEqualTo("corner-shop/clerk");
        assertThat(order.getTotal()).isEqualTo(Till.euros(10_000));
        assertThat(seatState("r1-1")).isNotEqualTo(SeatState.AVAILABLE);

        var sold = partner.pay(order, 10_000).getOrder();

        assertThat(sold.getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(sold.getLease()).isNull();
        var tickets = partner.client()
                .ticketPrinting()
                .listOrderTickets(order.getOrderId())
                .getItems();
        assertThat(tickets).hasSize(2).allSatisfy(ticket -> {
            assertThat(ticket.getState()).isEqualTo(TicketState.VALID);
            assertThat(ticket.getCode()).isNotBlank();
        });
        var pdf = partner.client().ticketPrinting().printTickets(order.getOrderId());
        assertThat(Files.readAllBytes(pdf.toPath())).startsWith('%', 'P', 'D', 'F');
        Files.delete(pdf.toPath());
    }

    @Test
    void orderIsChangedUnderTheShopsRulesAndD14ItsOtherItemsStayAsTheyAre() throws ApiException {
        var order = staff.sell(theatre.seats("r2-1", "r2-2"));
        var item = order.getItems().getFirst().getItemId();

        var reduced = staff.client()
                .boxOfficeOrders()
                .changeOrderItem(
                        order.getOrderId(), item, UUID.randomUUID(), 1L, new ItemChange().priceType("reduced"), null);
        assertThat(reduced.getTotal()).isEqualTo(Till.euros(8_000));
        assertThat(reduced.getItems()).extracting("itemId").contains(item);
        var more = staff.add(order, theatre.seats("r2-3"));
        assertThat(more.getItems()).hasSize(3);
        expect(409, "seats-taken", () -> staff.add(order, theatre.seats("r2-3", "r2-4")));
        expect(
                422,
                "unknown-price-type",
                () -> staff.client()
                        .boxOfficeOrders()
                        .changeOrderItem(
                                order.getOrderId(),
                                item,
                                UUID.randomUUID(),
                                1L,
                                new ItemChange().priceType("staff"),
                                null));
        expect(404, "item-not-found", () -> staff.remove(order, UUID.randomUUID()));

        var less = staff.remove(order, item);

        assertThat(less.getItems()).hasSize(2).extracting("itemId").doesNotContain(item);
        assertThat(less.getTotal()).isEqualTo(Till.euros(10_000));
        assertThat(seatState("r2-1")).isEqualTo(SeatState.AVAILABLE);
        assertThat(less.getVersion()).isGreaterThan(order.getVersion());
    }

    @Test
    void buyerAndNoteAreWrittenDownAsFarAsTheyAreKnown() throws ApiException {
        var order = staff.sell(new BoxOfficeOrderCreation()
                .items(theatre.best("ga", 1))
                .buyer(new Contact().phone("+49 30 5550100"))
                .note("Comes at seven"));
        assertThat(order.getBuyer()).isEqualTo(new Contact().phone("+49 30 5550100"));
        assertThat(order.getNote()).isEqualTo("Comes at seven");

        var named = staff.setBuyer(order, new Contact().name("Example Buyer").email("buyer@example.org"));
        var noted = note(order, "");

        assertThat(named.getBuyer().getEmail()).isEqualTo("buyer@example.org");
        assertThat(noted.getNote()).isNull();
        assertThat(staff.setBuyer(order, new Contact()).getBuyer()).isNull();
    }

    @Test
    void orderThatCannotBeHeldWholeIsNotMade() throws ApiException {
        theatre.hold(theatre.seats("r3-1"));

        assertThat(expect(409, "seats-taken", () -> staff.sell(theatre.seats("r3-1", "r3-2")))
                        .getSeatIds())
                .containsExactly("r3-1");
        assertThat(seatState("r3-2")).isEqualTo(SeatState.AVAILABLE);
        var unknown = expect(422, "unknown-seat", () -> staff.sell(theatre.seats("r3-2", "balcony-1")));
        assertThat(unknown.getErrors().getFirst().getPointer()).startsWith("#/items/seatIds/");
        expect(409, "cart-full", () -> staff.sell(theatre.best("ga", 51)));
        expect(
                404,
                "performance-not-found",
                () -> staff.sell(new ItemSelection()
                        .performanceId(UUID.randomUUID())
                        .category("ga")
                        .quantity(1)));
        expect(
                400,
                "invalid-request",
                () -> staff.sell(
                        new ItemSelection().performanceId(theatre.performance()).category("ga")));
    }

    @Test
    void programMustSayWhichPersonWorksAndBringTheLeasesFence() throws ApiException {
        var order = partner.sell(theatre.best("ga", 1));

        expect(400, "clerk-required", () -> partner.colleague(null).renew(order));
        assertThat(expect(409, "lease-lost", () -> renew(order, 7)).getClerk()).isEqualTo("corner-shop/clerk");
    }

    @Test
    void partnersSeeTheirOwnOrdersAndNoOthers() throws ApiException {
        var own = partner.sell(theatre.best("ga", 1));
        var ofStaff = staff.sell(theatre.best("ga", 1));
        var stranger = Till.ofPartner(theatre, "station-kiosk", "clerk");

        assertThat(staff.now(own).getOrderId()).isEqualTo(own.getOrderId());
        expect(404, "order-not-found", () -> partner.now(ofStaff));
        expect(404, "order-not-found", () -> stranger.now(own));
        expect(404, "order-not-found", () -> stranger.client().ticketPrinting().listOrderTickets(own.getOrderId()));
        expect(404, "order-not-found", () -> stranger.client().ticketPrinting().printTickets(own.getOrderId()));
        assertThat(drafts(stranger, false)).isEmpty();
        assertThat(drafts(partner, false)).contains(own.getOrderId()).doesNotContain(ofStaff.getOrderId());
        assertThat(drafts(staff, false)).contains(own.getOrderId(), ofStaff.getOrderId());
    }

    @Test
    void orderWithMoneyWhoseClerkIsGoneWaitsOnTheListForASupervisor() throws ApiException {
        var order = partner.sell(theatre.best("ga", 2));
        partner.pay(order, 5_000);
        assertThat(drafts(partner, true)).doesNotContain(order.getOrderId());

        Theatre.execute(
                theatre.db(),
                "update desk set lease_until = clock_timestamp() - interval '1 second' where order_id = '"
                        + order.getOrderId() + "'");

        assertThat(drafts(partner, true)).contains(order.getOrderId());
        var taken = partner.colleague("second").takeOver(order);
        assertThat(partner.colleague("second").pay(taken, 5_000).getOrder().getState())
                .isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void thereIsNothingToPrintBeforeAnOrderIsConfirmed() throws ApiException {
        var order = staff.sell(theatre.best("ga", 1));

        assertThat(staff.client()
                        .ticketPrinting()
                        .listOrderTickets(order.getOrderId())
                        .getItems())
                .isEmpty();
        expect(409, "no-tickets", () -> staff.client().ticketPrinting().printTickets(order.getOrderId()));
    }

    @Test
    void p8OrderIsMadeOnceHoweverOftenTheRequestIsRepeated() throws ApiException {
        var key = UUID.randomUUID();
        var request = new BoxOfficeOrderCreation().items(theatre.best("ga", 1));
        var first = staff.client().boxOfficeOrders().createOrder(key, request, null);

        assertThat(staff.client().boxOfficeOrders().createOrder(key, request, null))
                .isEqualTo(first);
        expect(
                422,
                "idempotency-key-reused",
                () -> staff.client()
                        .boxOfficeOrders()
                        .createOrder(key, new BoxOfficeOrderCreation().items(theatre.best("ga", 2)), null));
    }

    /** A customer may owe 120 euros. */
    @Test
    void increaseOverTheLimitIsRefusedAndACaseCanBeOpened() throws ApiException {
        var order = staff.hijack(reservedByACustomer(2));

        expect(409, "over-limit", () -> staff.add(order, theatre.best("ga", 1)));
        assertThat(staff.now(order).getItems()).hasSize(2);
        var asked = staff.client()
                .boxOfficeSales()
                .openOrderCase(
                        order.getOrderId(),
                        UUID.randomUUID(),
                        order.getLease().getFence(),
                        new OrderCaseRequest().note("The school pays after the visit"),
                        null);

        assertThat(asked.getState()).isEqualTo(OrderState.UNDER_REVIEW);
        assertThat(asked.getCaseNumber()).isNotNull();
        assertThat(asked.getLease()).isNull();
    }

    @Test
    void d21MoneyTakenForAnOrderUnderReviewSettlesItsCase() throws ApiException {
        var review = underReview();

        var warning = staff.warn(review);
        assertThat(warning.getReasonRequired()).isTrue();
        expect(409, "reason-required", () -> staff.confirm(warning));
        var order = staff.confirm(warning, "The customer pays now").getOrder();
        expect(409, "case-open", () -> staff.reserve(order, null));
        var paid = staff.pay(order, 15_000).getOrder();

        assertThat(paid.getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(Awaited.of(theatre.db()
                        .sql("select state from case_file where order_id = '" + review + "'")
                        .mapValue(String.class)
                        .one()))
                .isEqualTo("SETTLED");
        expect(409, "order-state-conflict", () -> staff.pay(order, 15_000));
        expect(409, "order-state-conflict", () -> staff.cancel(order, null));
    }

    @Test
    void d21OrderUnderReviewThatIsHandedBackGoesOnBeingReviewed() throws ApiException {
        var review = underReview();
        var order = staff.confirm(staff.warn(review), "The customer asked").getOrder();

        staff.handBack(order);

        assertThat(staff.now(order).getState()).isEqualTo(OrderState.UNDER_REVIEW);
    }

    private static UUID reservedByACustomer(int places) {
        var buyers = new Buyers(theatre.server(), theatre.db());
        var email = "customer-" + UUID.randomUUID() + "@example.org";
        var customer = buyers.customer(email);
        var cart = Awaited.of(buyers.hold(customer, standing(places)));
        return ((Reserved) Awaited.of(buyers.checkOut(cart, customer, PurchaseMethod.PAY_LATER, email)))
                .order()
                .orderId();
    }

    private static UUID underReview() {
        var buyers = new Buyers(theatre.server(), theatre.db());
        var email = "customer-" + UUID.randomUUID() + "@example.org";
        var customer = buyers.customer(email);
        var cart = Awaited.of(buyers.hold(customer, standing(3)));
        return ((UnderReview) Awaited.of(buyers.checkOut(cart, customer, PurchaseMethod.INVOICE, email)))
                .order()
                .orderId();
    }

    private static Selection standing(int places) {
        return new Selection(theatre.performance(), null, "ga", places, null);
    }

    private static BoxOfficeOrder note(BoxOfficeOrder order, String note) throws ApiException {
        return staff.client()
                .boxOfficeOrders()
                .setOrderNote(
                        order.getOrderId(),
                        UUID.randomUUID(),
                        order.getLease().getFence(),
                        new OrderNote().note(note),
                        null);
    }

    private static BoxOfficeOrder renew(BoxOfficeOrder order, long fence) throws ApiException {
        return partner.client().hijacks().renewLease(order.getOrderId(), UUID.randomUUID(), fence, partner.clerk());
    }

    /** Page by page. */
    private static List<UUID> drafts(Till till, boolean stale) throws ApiException {
        var all = new ArrayList<UUID>();
        String cursor = null;
        do {
            var page = till.client().boxOfficeOrders().listDrafts(stale, cursor, 3);
            page.getItems().forEach(order -> all.add(order.getOrderId()));
            cursor = page.getNextCursor();
        } while (cursor != null);
        assertThat(all).doesNotHaveDuplicates();
        return all;
    }

    private static SeatState seatState(String seat) throws ApiException {
        return theatre.shop().events().listSeats(theatre.performance(), null).getSeats().stream()
                .filter(one -> one.getSeatId().equals(seat))
                .findFirst()
                .orElseThrow()
                .getState();
    }
}
