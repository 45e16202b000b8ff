package dev.abendkasse.server.blacklist;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.BlacklistDecision;
import dev.abendkasse.office.model.BlacklistDraft;
import dev.abendkasse.office.model.BlacklistOrderDecision;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.BoxOfficeOrder;
import dev.abendkasse.sdk.model.BoxOfficeOrderCreation;
import dev.abendkasse.sdk.model.Contact;
import dev.abendkasse.sdk.model.CounterMethod;
import dev.abendkasse.sdk.model.CounterPaymentRequest;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentLinkDelivery;
import dev.abendkasse.sdk.model.PaymentLinkDispatch;
import dev.abendkasse.sdk.model.ReservationRequest;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.testing.Till;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Orders that clerks make for somebody who is blocked: own staff say why they go on, a partner finds its order ended. */
class BlockedAtTheDeskTests {

    private static Theatre theatre;
    private static Till staff;
    private static Till partner;

    private final String email = Theatre.buyer().getEmail();

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open();
        Theatre.execute(theatre.db(), "update shop set payment_page_url = 'https://shop.example.org/pay'");
        staff = Till.ofStaff(theatre);
        partner = Till.ofPartner(theatre, "corner-shop", "first");
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void staffSayWhyOnceAndCanThenDoWhateverEndsTheOrder() throws ApiException {
        block();
        var order = sell(staff);

        var problem = expect(409, "reason-required", () -> staff.reserve(order, null));
        assertThat(problem.getErrors())
                .singleElement()
                .satisfies(fault -> assertThat(fault.getPointer()).isEqualTo("#/reason"));
        expect(409, "reason-required", () -> staff.pay(order, order.getOwed().getAmount()));
        expect(409, "reason-required", () -> link(staff, order, null));
        assertThat(staff.now(order).getState()).isEqualTo(OrderState.AT_BOX_OFFICE);

        assertThat(reserve(staff, order, "The house manager knows").getState()).isEqualTo(OrderState.RESERVED);
        assertThat(theatre.count("select count(*) from block_override where reason = 'The house manager knows'"
                        + " and order_id = '" + order.getOrderId() + "'"))
                .isOne();
        link(staff, order, null);
    }

    @Test
    void blockThatIsNewerThanTheReasonAsksAgain() throws ApiException {
        block();
        var order = reserve(staff, sell(staff), "The house manager knows");

        blockKeeping(order);
        link(staff, order, null);
        Theatre.execute(
                theatre.db(),
                "update blacklist_entry set created_at = clock_timestamp() where email = '" + email + "'");

        expect(409, "reason-required", () -> link(staff, order, null));
    }

    @Test
    void moneyIsTakenWithAReason() throws ApiException {
        block();
        var order = sell(staff);
        var cash = new CounterPaymentRequest()
                .method(CounterMethod.CASH)
                .amount(order.getOwed())
                .reason("Pays in cash and is known");

        assertThat(staff.pay(order, cash).getOrder().getState()).isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void b7PartnerFindsTheOrderEndedAsOneThatSomebodyElseHasCancelled() throws ApiException {
        block();
        var ofBlocked = sell(partner);
        var ofStranger = partner.sell(new BoxOfficeOrderCreation()
                .items(theatre.best("ga", 1))
                .buyer(new Contact().email(Theatre.buyer().getEmail()).name("Example Buyer")));
        staff.cancel(staff.takeOver(ofStranger), null);

        var blocked = expect(409, "order-state-conflict", () -> partner.reserve(ofBlocked, null));
        var stranger = expect(409, "order-state-conflict", () -> partner.reserve(ofStranger, null));

        assertThat(blocked.instance(null)).isEqualTo(stranger.instance(null));
        assertThat(partner.now(ofBlocked).getState()).isEqualTo(OrderState.CANCELLED);
        assertThat(without(partner.now(ofBlocked))).isEqualTo(without(partner.now(ofStranger)));
    }

    @Test
    void b7PartnerHasNothingToSayThatHelps() throws ApiException {
        block();

        expect(409, "order-state-conflict", () -> reserve(partner, sell(partner), "The house manager knows"));
        expect(409, "order-state-conflict", () -> link(partner, sell(partner), null));
        expect(409, "order-state-conflict", () -> {
            var order = sell(partner);
            partner.pay(order, order.getOwed().getAmount());
        });
    }

    @Test
    void orderOfAStrangerNeedsNoReason() throws ApiException {
        assertThat(partner.reserve(sell(partner), null).getState()).isEqualTo(OrderState.RESERVED);
        assertThat(staff.reserve(sell(staff), null).getState()).isEqualTo(OrderState.RESERVED);
    }

    private BoxOfficeOrder sell(Till till) throws ApiException {
        return till.sell(new BoxOfficeOrderCreation()
                .items(theatre.best("ga", 1))
                .buyer(new Contact().email(email).name("Example Buyer")));
    }

    private static BoxOfficeOrder reserve(Till till, BoxOfficeOrder order, String reason) throws ApiException {
        return till.client()
                .boxOfficeSales()
                .reserve(
                        order.getOrderId(),
                        UUID.randomUUID(),
                        new ReservationRequest().reason(reason),
                        order.getLease().getFence(),
                        till.clerk());
    }

    private static void link(Till till, BoxOfficeOrder order, String reason) throws ApiException {
        till.client()
                .boxOfficeSales()
                .sendPaymentLink(
                        order.getOrderId(),
                        UUID.randomUUID(),
                        new PaymentLinkDispatch()
                                .delivery(PaymentLinkDelivery.PRINT)
                                .reason(reason),
                        order.getLease() == null ? null : order.getLease().getFence(),
                        till.clerk());
    }

    private void block() throws ApiException {
        theatre.office()
                .blacklist()
                .addBlacklistEntry(
                        UUID.randomUUID(), new BlacklistDraft().email(email).reason("Test"));
    }

    private void blockKeeping(BoxOfficeOrder order) throws ApiException {
        theatre.office()
                .blacklist()
                .addBlacklistEntry(
                        UUID.randomUUID(),
                        new BlacklistDraft()
                                .email(email)
                                .reason("Test")
                                .orders(List.of(new BlacklistOrderDecision()
                                        .orderId(order.getOrderId())
                                        .decision(BlacklistDecision.KEEP))));
    }

    /** What no two orders have in common. */
    private static BoxOfficeOrder without(BoxOfficeOrder order) {
        return order.orderId(null)
                .orderNumber(null)
                .createdAt(null)
                .buyer(null)
                .version(null)
                .items(List.of());
    }
}
