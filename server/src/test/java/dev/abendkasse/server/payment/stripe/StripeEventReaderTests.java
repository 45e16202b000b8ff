package dev.abendkasse.server.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.abendkasse.server.payment.Notification;
import dev.abendkasse.server.payment.PaymentFact;
import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.PaymentId;
import dev.abendkasse.server.shared.problem.ProblemException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class StripeEventReaderTests {

    private static final UUID PAYMENT = UUID.fromString("0199d1f2-77ab-7f00-9d11-aabbccddeeff");
    private static final UUID REFUND = UUID.fromString("0199d1f2-77ab-7f00-9d11-000000000001");
    private static final Instant AT = Instant.parse("2026-12-01T18:44:05Z");

    private final StripeEventReader reader = new StripeEventReader(JsonMapper.shared());

    @ParameterizedTest
    @CsvSource({
        "payment_intent.processing, processing, PROCESSING",
        "payment_intent.succeeded, succeeded, SUCCEEDED",
        "payment_intent.payment_failed, requires_payment_method, DECLINED",
        "payment_intent.canceled, canceled, CANCELLED"
    })
    void whatBecomesOfAnIntentIsSaidByTheEvent(String type, String status, PaymentFact.Kind kind) {
        var read = read(StripeMessage.of(type, AT, intent(status)));

        assertThat(read.kind()).isEqualTo(kind);
        assertThat(read.provider()).isEqualTo("stripe");
        assertThat(read.payment()).isEqualTo(new PaymentId(PAYMENT));
        assertThat(read.reference()).isEqualTo("pi_1");
        assertThat(read.subject()).isNull();
        assertThat(read.occurredAt()).isEqualTo(AT);
    }

    @Test
    void moneyThatCameIsWhatWasReceived() {
        assertThat(read(StripeMessage.of("payment_intent.succeeded", intent("succeeded")))
                        .amount())
                .isEqualTo(Money.of(4900, "EUR"));
        assertThat(read(StripeMessage.of("payment_intent.canceled", intent("canceled")))
                        .amount())
                .isEqualTo(Money.of(5000, "EUR"));
    }

    @ParameterizedTest
    @CsvSource({
        "refund.created, succeeded, REFUND_SUCCEEDED",
        "refund.updated, succeeded, REFUND_SUCCEEDED",
        "charge.refund.updated, failed, REFUND_FAILED",
        "refund.failed, failed, REFUND_FAILED",
        "refund.updated, canceled, REFUND_FAILED"
    })
    void refundIsNamedAsWeNameIt(String type, String status, PaymentFact.Kind kind) {
        var read = read(StripeMessage.refund(type, PAYMENT, REFUND, status));

        assertThat(read.kind()).isEqualTo(kind);
        assertThat(read.payment()).isEqualTo(new PaymentId(PAYMENT));
        assertThat(read.subject()).isEqualTo(REFUND.toString());
        assertThat(read.amount()).isEqualTo(Money.of(5000, "EUR"));
    }

    @Test
    void refundThatWasMadeInTheDashboardIsNamedAsStripeNamesItAndFoundByItsIntent() {
        var read = read(StripeMessage.foreignRefund(PAYMENT));

        assertThat(read.payment()).isNull();
        assertThat(read.reference()).isEqualTo(StripeStub.intentOf(PAYMENT));
        assertThat(read.subject()).isEqualTo("re_1");
    }

    @ParameterizedTest
    @CsvSource({
        "charge.dispute.created, needs_response, DISPUTED",
        "charge.dispute.updated, under_review, DISPUTED",
        "charge.dispute.funds_withdrawn, needs_response, DISPUTED",
        "charge.dispute.funds_reinstated, won, DISPUTE_WON",
        "charge.dispute.closed, won, DISPUTE_WON",
        "charge.dispute.closed, lost, DISPUTE_LOST"
    })
    void disputeIsFoundByItsIntent(String type, String status, PaymentFact.Kind kind) {
        var read = read(StripeMessage.dispute(type, PAYMENT, status));

        assertThat(read.kind()).isEqualTo(kind);
        assertThat(read.payment()).isNull();
        assertThat(read.reference()).isEqualTo(StripeStub.intentOf(PAYMENT));
        assertThat(read.subject()).isEqualTo("dp_1");
    }

    @ParameterizedTest
    @CsvSource({
        "charge.dispute.created, warning_needs_response",
        "charge.dispute.updated, warning_under_review",
        "charge.dispute.closed, warning_closed",
        "charge.dispute.closed, prevented"
    })
    void questionOfABankMovesNoMoney(String type, String status) {
        assertIgnored(StripeMessage.dispute(type, PAYMENT, status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "requires_action", "something_new"})
    void refundOnItsWayIsNoNews(String status) {
        assertIgnored(StripeMessage.refund("refund.updated", PAYMENT, REFUND, status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment_intent.created", "payment_intent.requires_action", "payment_intent.dreamt"})
    void otherNewsOfAnIntentAreNotForUs(String type) {
        assertIgnored(StripeMessage.of(type, intent("requires_action")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": \"ch_1\", \"object\": \"charge\", \"status\": \"succeeded\"}",
                "{\"object\": \"refund\", \"id\": \"re_1\", \"status\": \"failed\", \"payment_intent\": null}",
                "{}",
                "null"
            })
    void whatIsNoPaymentOfOursIsNotForUs(String object) {
        assertIgnored(StripeMessage.of("charge.updated", object));
    }

    @Test
    void versionsThatShowTheIntentAsAWholeAreReadTheSame() {
        var dispute = """
                {"id": "dp_1", "object": "dispute", "amount": 1, "currency": "eur", "status": "lost",
                 "payment_intent": {"id": "pi_7", "receipt_email": "buyer@example.org"}, "of_next_year": {"a": [1]}}
                """;

        var read = read(StripeMessage.of("charge.dispute.closed", dispute));

        assertThat(read.reference()).isEqualTo("pi_7");
        assertThat(read.body()).contains("\"payment_intent\":\"pi_7\"").doesNotContain("buyer@example.org");
    }

    @Test
    void metadataThatIsNotOursTellsNothing() {
        var read = read(StripeMessage.of(
                "payment_intent.succeeded", intent("succeeded").replace(PAYMENT.toString(), "1-1-1-1-1")));

        assertThat(read.payment()).isNull();
        assertThat(read.reference()).isEqualTo("pi_1");
    }

    @Test
    void whatIsKeptHasNothingOfPersons() {
        var body = read(StripeMessage.failed(PAYMENT, AT)).body();

        assertThat(body)
                .contains("payment_intent.payment_failed", "card_declined", "generic_decline", PAYMENT.toString())
                .doesNotContain("Example Buyer", "buyer@example.org", "billing_details");
        assertThat(read(StripeMessage.dispute("charge.dispute.created", PAYMENT, "needs_response"))
                        .body())
                .contains("fraudulent")
                .doesNotContain("Example Buyer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"amount_received\": 4900=\"amount_received\": -1",
                "\"amount_received\": 4900=\"amount_received\": 49.5",
                "\"amount_received\": 4900=\"amount_received\": \"4900\"",
                "\"amount_received\": 4900=\"amount_received\": 99999999999999999999",
                "\"amount_received\": 4900=\"amount\": 4900",
                "\"eur\"=\"xqq\"",
                "\"eur\"=null",
                "\"pi_1\"=\"../pi_1\"",
                "\"pi_1\"=null",
                "\"created\"=\"made\"",
                "\"id\": \"evt=\"id\": \"evt ",
            })
    void eventOfOursThatCannotBeReadIsRefusedSoThatStripeSendsItAgain(String change) {
        var parts = change.split("=", 2);
        var body = StripeMessage.of("payment_intent.succeeded", intent("succeeded"))
                .body()
                .replace(parts[0], parts[1]);

        assertMalformed(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "{}", "hello", "{\"id\": 7}{"})
    void nonsenseIsRefused(String body) {
        assertMalformed(body);
    }

    private void assertMalformed(String body) {
        assertThatThrownBy(() -> reader.read(body)).isInstanceOf(ProblemException.class);
    }

    private void assertIgnored(StripeMessage message) {
        assertThat(reader.read(message.body())).isEqualTo(new StripeEvent(message.id(), null));
    }

    private Notification read(StripeMessage message) {
        return reader.read(message.body()).notification();
    }

    private static String intent(String status) {
        return """
                {"id": "pi_1", "object": "payment_intent", "amount": 5000, "amount_received": 4900, "currency": "eur",
                 "status": "%s", "metadata": {"payment_id": "%s"}}
                """.formatted(status, PAYMENT);
    }
}
