package dev.abendkasse.server.webhooks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.BlacklistDecision;
import dev.abendkasse.office.model.BlacklistDraft;
import dev.abendkasse.office.model.BlacklistOrderDecision;
import dev.abendkasse.office.model.WebhookDeliveryState;
import dev.abendkasse.office.model.WebhookEventType;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Buyer;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.security.ApiClients;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.LogRecorder;
import dev.abendkasse.server.testing.Theatre;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What endpoints do not hear of, and what nobody finds written down. */
@Isolated("Reads what the process logs.")
class WebhookPrivacyTests {

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
    void b7CheckoutThatIsRedirectedSilentlyTellsNobodyWhateverTheReason() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.values());
        var blocked = blockedBuyer();
        var ofBlocked = theatre.hold(theatre.best("ga", 1));
        var abandoned = theatre.hold(theatre.best("ga", 1));
        theatre.shop().withCartToken(abandoned.getCartToken()).carts().abandonCart(abandoned.getCartId(), null);
        var expired = theatre.hold(theatre.best("ga", 1));
        theatre.letTimePass(expired.getCartId());

        redirect(ofBlocked, blocked);
        redirect(abandoned, Theatre.buyer());
        redirect(expired, Theatre.buyer());
        var last = sales.confirmed();

        assertThat(partner.received(1))
                .singleElement()
                .satisfies(received -> assertThat(received.orderId())
                        .isEqualTo(last.getOrderId().toString()));
        assertThat(partner.deliveries()).as("and nothing is on its way").hasSize(1);
    }

    @Test
    void b7WhatBecomesOfABlockedBuyersOrdersIsToldAsOfAnybodysToTheByte() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.values());
        var innocent = Theatre.buyer();
        var blocked = Theatre.buyer();
        var cancelled = List.of(sales.reserved(innocent.getEmail()), sales.reserved(blocked.getEmail()));

        sales.cancel(cancelled.get(0));
        block(blocked, cancelled.get(1).order().getOrderId());

        var received = partner.received(4);
        for (var type : Set.of("order.reserved", "order.cancelled")) {
            var alike = received.stream().filter(one -> one.type().equals(type)).toList();
            assertThat(alike).hasSize(2);
            assertThat(withoutNames(alike.get(0))).isEqualTo(withoutNames(alike.get(1)));
            assertThat(alike.get(0).request().getHeaders().keys())
                    .isEqualTo(alike.get(1).request().getHeaders().keys());
        }
    }

    @Test
    void partnerHearsOfItsOwnOrdersAndOfAllPerformances() throws ApiException {
        var clients = theatre.server().bean(ApiClients.class);
        Awaited.of(clients.create("partner-1", Set.of("partner")));
        Awaited.of(clients.create("partner-2", Set.of("partner")));
        var organiser = Partner.wanting(theatre, WebhookEventType.values());
        var one = Partner.belongingTo("partner-1", theatre, WebhookEventType.values());
        var two = Partner.belongingTo("partner-2", theatre, WebhookEventType.values());
        var sold = sales.reserved();
        var other = sales.reserved();
        soldBy("partner-1", sold.order().getOrderId());

        sales.cancel(sold);
        sales.cancel(other);
        Theatre.execute(
                theatre.db(),
                "select note_performance_event('performance.postponed', '" + theatre.performance() + "')");

        assertThat(one.received(2))
                .extracting(Partner.Received::type)
                .containsExactlyInAnyOrder("order.cancelled", "performance.postponed");
        assertThat(one.received())
                .filteredOn(received -> received.type().startsWith("order."))
                .extracting(Partner.Received::orderId)
                .containsExactly(sold.order().getOrderId().toString());
        assertThat(two.received(1)).extracting(Partner.Received::type).containsExactly("performance.postponed");
        assertThat(organiser.received(5)).hasSize(5);
        assertThat(one.deliveries()).hasSize(2);
        assertThat(two.deliveries()).hasSize(1);
    }

    @Test
    void secretsAndAddressesAreNotInTheLogAndSecretsNotReadableInTheDatabase() throws Exception {
        var recorded = LogRecorder.record(LogRecorder.USUAL, WebhookPrivacyTests::lifeOfAnEndpoint);
        var told = recorded.result();

        assertThat(recorded.lines())
                .isNotEmpty()
                .noneMatch(line -> line.contains("whsec_") || told.stream().anyMatch(line::contains));
        for (var secret : told.subList(1, 3)) {
            assertThat(everythingStored())
                    .doesNotContain(secret, secret.substring("whsec_".length()))
                    .doesNotContain(hex(secret));
        }
    }

    /** Its path, the secret that it began with and the next one. */
    private static List<String> lifeOfAnEndpoint() throws ApiException {
        var partner = Partner.wanting(theatre, WebhookEventType.ORDER_CONFIRMED);
        var rotated = theatre.office()
                .webhooks()
                .rotateWebhookSecret(partner.webhookId())
                .getSecret();
        partner.answers(aResponse().withStatus(500));
        sales.confirmed();
        partner.newest(WebhookDeliveryState.WAITING, 1);
        return List.of(partner.path(), partner.secret(), rotated);
    }

    private static String everythingStored() {
        return Awaited.of(theatre.db().sql("""
                        select string_agg(text, ' ') from (
                            select webhook_endpoint::text from webhook_endpoint
                            union all select webhook_delivery::text from webhook_delivery
                            union all select outbox_message::text from outbox_message
                            union all select idempotency_key::text from idempotency_key) everything (text)
                        """).mapValue(String.class).one());
    }

    private static String hex(String secret) {
        return HexFormat.of()
                .formatHex(Base64.getDecoder().decode(secret.substring("whsec_".length())))
                .toLowerCase(Locale.ROOT);
    }

    /** Without what no two orders have in common. */
    private static String withoutNames(Partner.Received received) {
        return received.body()
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<id>")
                .replaceAll("\"orderNumber\":\"\\d{6}\"", "\"orderNumber\":\"<number>\"")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "<time>");
    }

    private static Buyer blockedBuyer() throws ApiException {
        var buyer = Theatre.buyer();
        block(buyer);
        return buyer;
    }

    /** @param ending the buyer's open orders, which end with it */
    private static void block(Buyer buyer, UUID... ending) throws ApiException {
        var decisions = Stream.of(ending)
                .map(order -> new BlacklistOrderDecision().orderId(order).decision(BlacklistDecision.END))
                .toList();
        theatre.office()
                .blacklist()
                .addBlacklistEntry(
                        UUID.randomUUID(),
                        new BlacklistDraft()
                                .email(buyer.getEmail())
                                .reason("A test")
                                .orders(decisions));
    }

    private static void redirect(Cart cart, Buyer buyer) throws ApiException {
        var request =
                new CheckoutRequest().paymentMethod(PaymentMethod.PAY_LATER).buyer(buyer);
        assertThat(Theatre.checkOut(theatre.shop(), cart, UUID.randomUUID(), request))
                .isInstanceOf(Outcome.Redirect.class);
    }

    private static void soldBy(String client, UUID order) {
        Theatre.execute(
                theatre.db(), "update orders set client_id = '" + client + "' where order_id = '" + order + "'");
    }
}
