package dev.abendkasse.server.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.RefundOrderRequest;
import dev.abendkasse.office.model.StaffRefundReason;
import dev.abendkasse.office.model.WebhookEventType;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.BankTheatre;
import dev.abendkasse.server.testing.PaidOrder;
import dev.abendkasse.server.testing.Theatre;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the contract lists is what is sent: every type by something, in bodies of its schema, and nothing else. */
class WebhookContractTests {

    /** What looks like a type in the functions of the database, which are what sends. */
    /** What is entered in the audit has names of the same form. */
    private static final Pattern AUDIT = Pattern.compile("\\b(?:audit|desk_answer)\\([^;]*");

    private static final Pattern TYPE = Pattern.compile("'((?:order|performance|webhook)\\.[a-z-]+)'");

    private static final AtomicInteger CASES = new AtomicInteger();

    private static Theatre theatre;
    private static Sales sales;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Partner.SETTINGS);
        sales = new Sales(theatre);
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @AfterEach
    void removeEndpoints() {
        Theatre.execute(theatre.db(), "delete from webhook_endpoint");
    }

    @Test
    void everyTypeThatIsListedIsSentBySomethingAndNoOtherIs() {
        assertThat(sent()).isEqualTo(WebhookContract.types());
    }

    @Test
    void everyTypeButTheTestCanBeAskedFor() {
        var listed = new TreeSet<>(WebhookContract.types());
        listed.remove("webhook.test");

        assertThat(WebhookContract.typesOnOffer()).isEqualTo(listed);
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyBodyIsOfItsSchema(String type) throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.values());
        var order = PaidOrder.of(theatre, theatre.best("a", 2));
        partner.received(1).getFirst().asTheContractSays();

        tell(partner, type, order.id());

        assertThat(partner.received(2)).last().satisfies(received -> {
            assertThat(received.asTheContractSays().type()).isEqualTo(type);
            assertThat(received.isSignedWith(partner.secret())).isTrue();
        });
    }

    @Test
    void givenBackTicketsAreTold() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.values());
        var order = PaidOrder.of(theatre, theatre.best("a", 1));

        giveBack(order.id());

        assertTold(partner, "order.confirmed CONFIRMED PAID", "order.refunded REFUNDED REFUNDED");
    }

    @Test
    void orderOnAccountThatIsGivenBackBeforeItWasPaidIsCancelled() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.values());
        var order = BankTheatre.onAccount(theatre, BankTheatre.customer(theatre), theatre.best("a", 2));

        giveBack(order.id(), order.made().getItems().getFirst().getItemId());
        giveBack(order.id());

        assertTold(
                partner,
                "order.confirmed CONFIRMED UNPAID",
                "order.refunded CONFIRMED UNPAID",
                "order.cancelled CANCELLED PAID");
    }

    @Test
    void moneyForAnOrderOnAccountIsTold() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.values());
        var order = BankTheatre.onAccount(theatre, BankTheatre.customer(theatre), theatre.best("a", 1));

        order.book(2_000);
        partner.received(2);
        order.book(3_000);

        assertTold(
                partner,
                "order.confirmed CONFIRMED UNPAID",
                "order.paid CONFIRMED PART_PAID",
                "order.paid CONFIRMED PAID");
    }

    @Test
    void disputeThatIsLostIsTold() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.values());
        var order = PaidOrder.of(theatre, theatre.best("a", 1));

        dispute(order, "DISPUTED");
        partner.received(2);
        dispute(order, "DISPUTE_LOST");

        assertTold(
                partner,
                "order.confirmed CONFIRMED PAID",
                "order.disputed CONFIRMED DISPUTED",
                "order.cancelled CANCELLED REFUNDED",
                "order.dispute-ended CANCELLED REFUNDED");
    }

    @Test
    void disputeThatIsWonIsTold() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.values());
        var order = PaidOrder.of(theatre, theatre.best("a", 1));

        dispute(order, "DISPUTED");
        dispute(order, "DISPUTE_WON");

        assertTold(
                partner,
                "order.confirmed CONFIRMED PAID",
                "order.disputed CONFIRMED DISPUTED",
                "order.dispute-ended CONFIRMED PAID");
    }

    @Test
    void reservationThatRunsOutIsTold() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.values());
        var reserved = sales.reserved();

        theatre.letTimePass(reserved.order().getOrderId());

        assertTold(partner, "order.reserved RESERVED UNPAID", "order.expired EXPIRED UNPAID");
    }

    @Test
    void reservationThatIsTurnedBackIntoACartIsTold() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.values());
        var reserved = sales.reserved();

        theatre.shop()
                .withOrderToken(reserved.orderToken())
                .orders()
                .releaseOrder(reserved.order().getOrderId(), UUID.randomUUID());

        assertTold(partner, "order.reserved RESERVED UNPAID", "order.cancelled CANCELLED UNPAID");
    }

    /** @param items none: all that are left */
    private static void giveBack(UUID order, UUID... items) throws ApiException {
        theatre.office()
                .refundDesk()
                .refundOrder(
                        order,
                        UUID.randomUUID(),
                        new RefundOrderRequest()
                                .itemIds(items.length == 0 ? null : Set.of(items))
                                .reason(StaffRefundReason.GOODWILL)
                                .note("A test"));
    }

    /** In whatever order they came, the version says what came after what. */
    private static void assertTold(Partner partner, String... expected) throws ApiException {
        var told = partner.received(expected.length).stream()
                .map(Partner.Received::asTheContractSays)
                .map(received -> received.json())
                .sorted((one, other) -> Long.compare(
                        one.at("/data/version").asLong(),
                        other.at("/data/version").asLong()))
                .toList();

        assertThat(told)
                .extracting(json -> json.path("type").asString() + " "
                        + json.at("/data/state").asString() + " "
                        + json.at("/data/paymentStatus").asString())
                .containsExactly(expected);
        assertThat(told).extracting(json -> json.at("/data/version").asLong()).doesNotHaveDuplicates();
    }

    private static void dispute(PaidOrder order, String kind) {
        var payment = Awaited.of(theatre.db()
                .sql("select payment_id from payment where order_id = :order")
                .bind("order", order.id())
                .mapValue(UUID.class)
                .one());
        Awaited.of(new Functions(theatre.db())
                .call(
                        "settle_dispute",
                        Map.of(
                                "paymentId",
                                payment,
                                "kind",
                                kind,
                                "subject",
                                "dispute-1",
                                "amount",
                                5000,
                                "caseNumber",
                                "%010d".formatted(CASES.incrementAndGet()))));
    }

    /** As what happens would, without making it happen. */
    private static void tell(Partner partner, String type, UUID order) throws ApiException {
        switch (type.substring(0, type.indexOf('.'))) {
            case "order" -> note("note_event", type, order);
            case "performance" -> note("note_performance_event", type, theatre.performance());
            default -> theatre.office().webhooks().sendTestWebhook(partner.webhookId());
        }
    }

    private static void note(String function, String type, UUID subject) {
        Theatre.execute(theatre.db(), "select " + function + "('" + type + "', '" + subject + "')");
    }

    private static List<String> types() {
        return List.copyOf(WebhookContract.types());
    }

    private static Set<String> sent() {
        var functions = Awaited.of(theatre.db()
                .sql("select string_agg(prosrc, '; ') from pg_proc join pg_namespace on pronamespace = pg_namespace.oid"
                        + " where nspname = 'public'")
                .mapValue(String.class)
                .one());
        var sent = new TreeSet<String>();
        TYPE.matcher(AUDIT.matcher(functions).replaceAll("")).results().forEach(found -> sent.add(found.group(1)));
        return sent;
    }
}
