package dev.abendkasse.server.order.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.order.domain.RefundSettlement;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.UnpaidOrder;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;

/** What becomes of money on its way back when the provider speaks, in whatever order. */
class RefundSettlementTests {

    private static final DatabaseClient DB = TestDatabase.fresh().client();
    private static final OrderProbe PROBE = new OrderProbe(DB);

    private UnpaidOrder order;
    private String refund;

    @BeforeEach
    void sendMoneyBackThatCameTooLate() {
        order = UnpaidOrder.in(DB);
        PROBE.cancel(order);
        PROBE.settle(order, "SUCCEEDED");
        refund = PROBE.text("select refund_id::text from refund where " + OrderProbe.is(order));
    }

    @Test
    void whatTheProviderRefusesIsForPeople() {
        assertThat(settle("FAILED")).isEqualTo("BY_HAND");
        assertThat(settle("FAILED")).isEqualTo("BY_HAND");

        assertThat(PROBE.lateMoney(order)).isEqualTo("OPEN 10000 EUR 10000 EUR (BY_HAND)");
    }

    @Test
    void whatIsForPeopleIsDoneWhenTheProviderSaysThatItHasDoneIt() {
        settle("FAILED");

        assertThat(settle("PENDING")).isEqualTo("BY_HAND");
        assertThat(settle("SUCCEEDED")).isEqualTo("SUCCEEDED");

        assertThat(PROBE.count(
                        "select count(*) from refund where ended_at is not null and refund_id = '" + refund + "'"))
                .isOne();
    }

    @Test
    void p5ProviderThatGivesBackWhatStaffHaveHandedOverIsACaseOnce() {
        settle("FAILED");
        PROBE.run("select confirm_refund('{\"refundId\": \"" + refund + "\", \"by\": \"clerk\", \"note\": \"cash\"}')");
        PROBE.run("update case_file set state = 'SETTLED', ended_at = clock_timestamp() where " + OrderProbe.is(order));

        assertThat(settle("SUCCEEDED")).isEqualTo("SUCCEEDED");
        assertThat(settle("SUCCEEDED")).isEqualTo("SUCCEEDED");

        assertThat(PROBE.count("select count(*) from case_file where state = 'OPEN' and amount = 10000 and "
                        + OrderProbe.is(order)))
                .isOne();
    }

    @Test
    void whatStaffHaveHandedOverIsNotHandedOverAgainWhenTheProviderRefusesItLater() {
        PROBE.run("update refund set state = 'BY_HAND' where refund_id = '" + refund + "'");
        PROBE.run("select confirm_refund('{\"refundId\": \"" + refund + "\", \"by\": \"clerk\", \"note\": \"cash\"}')");

        assertThat(settle("FAILED")).isEqualTo("SUCCEEDED");
    }

    @Test
    void refusalThatTheProviderToldOfIsItsLastWord() {
        settle("SUCCEEDED");
        tell("REFUND_FAILED", refund);
        assertThat(settle("FAILED")).isEqualTo("BY_HAND");

        assertThat(settle("SUCCEEDED")).as("told again, or late").isEqualTo("BY_HAND");
    }

    @Test
    void refusalOfAnotherRefundSaysNothing() {
        tell("REFUND_FAILED", UUID.randomUUID().toString());
        tell("REFUND_SUCCEEDED", refund);
        settle("FAILED");

        assertThat(settle("SUCCEEDED")).isEqualTo("SUCCEEDED");
    }

    private String settle(String state) {
        return Awaited.of(PROBE.orders()
                .settleRefund(RefundSettlement.ours(
                        UUID.fromString(refund),
                        null,
                        state,
                        CaseNumber.random().value())));
    }

    private void tell(String kind, String about) {
        PROBE.run("""
                insert into payment_fact (provider, event_id, payment_id, kind, occurred_at, body, subject)
                values ('test', gen_random_uuid()::text, '%s', '%s', clock_timestamp(), '{}', '%s')
                """.formatted(order.paymentId(), kind, about));
    }
}
