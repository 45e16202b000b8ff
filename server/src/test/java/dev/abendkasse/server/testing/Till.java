package dev.abendkasse.server.testing;

import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.AccessTokens;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.BoxOfficeCancellation;
import dev.abendkasse.sdk.model.BoxOfficeOrder;
import dev.abendkasse.sdk.model.BoxOfficeOrderCreation;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.Contact;
import dev.abendkasse.sdk.model.CounterMethod;
import dev.abendkasse.sdk.model.CounterPaymentReceipt;
import dev.abendkasse.sdk.model.CounterPaymentRequest;
import dev.abendkasse.sdk.model.HandBack;
import dev.abendkasse.sdk.model.Hijack;
import dev.abendkasse.sdk.model.HijackConfirmation;
import dev.abendkasse.sdk.model.HijackRequest;
import dev.abendkasse.sdk.model.ItemSelection;
import dev.abendkasse.sdk.model.Money;
import dev.abendkasse.sdk.model.OrderTakeOver;
import dev.abendkasse.sdk.model.RecoveryRequest;
import dev.abendkasse.sdk.model.ReservationRequest;
import dev.abendkasse.sdk.model.StaffRefundReason;
import dev.abendkasse.server.security.ApiClients;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person at a till with the public SDK. Each call is an intent of its own.
 *
 * @param client what the till's program calls with
 * @param clerk the person, as the program names them; null for staff, who are named by their token
 */
public record Till(AbendkasseClient client, @Nullable String clerk) {

    private static final String ALLOT = "update api_client set allotted_all = true where client_id = '%s'";

    /** The organiser's first member of staff, who may do everything. */
    public static Till ofStaff(Theatre theatre) {
        return new Till(theatre.boxOffice(), null);
    }

    /** A clerk of a partner that sells everything; the partner is made here. */
    public static Till ofPartner(Theatre theatre, String partner, String clerk) {
        return ofProgram(theatre, partner, "partner", clerk);
    }

    /** A clerk at a program of the organiser's own. */
    public static Till ofProgram(Theatre theatre, String clientId, String scope, String clerk) {
        var secret = Awaited.of(theatre.server().bean(ApiClients.class).create(clientId, Set.of(scope)));
        Theatre.execute(theatre.db(), ALLOT.formatted(clientId));
        return new Till(theatre.client(AccessTokens.clientCredentials(theatre.address(), clientId, secret)), clerk);
    }

    /** Another person at the same program. */
    public Till colleague(String name) {
        return new Till(client, name);
    }

    public Hijack warn(HijackRequest request) throws ApiException {
        return client.hijacks().createHijack(key(), request, clerk);
    }

    /** By the code that the customer reads out. */
    public Hijack warn(Cart cart) throws ApiException {
        return warn(new HijackRequest().pickupCode(cart.getPickupCode()));
    }

    public Hijack warn(UUID order) throws ApiException {
        return warn(new HijackRequest().orderId(order));
    }

    public Hijack confirm(Hijack warning) throws ApiException {
        return confirm(warning, null);
    }

    public Hijack confirm(Hijack warning, @Nullable String reason) throws ApiException {
        var confirmation =
                new HijackConfirmation().version(warning.getVersion()).reason(reason);
        return client.hijacks().confirmHijack(warning.getHijackId(), key(), confirmation, clerk);
    }

    public Hijack withdraw(Hijack warning) throws ApiException {
        return client.hijacks().withdrawHijack(warning.getHijackId(), key(), clerk);
    }

    /** The order that the cart has become. */
    public BoxOfficeOrder hijack(Cart cart) throws ApiException {
        return confirm(warn(cart)).getOrder();
    }

    public BoxOfficeOrder hijack(UUID order) throws ApiException {
        return confirm(warn(order)).getOrder();
    }

    /** For somebody who says nothing about themselves. */
    public BoxOfficeOrder sell(ItemSelection items) throws ApiException {
        return sell(new BoxOfficeOrderCreation().items(items));
    }

    public BoxOfficeOrder sell(BoxOfficeOrderCreation order) throws ApiException {
        return client.boxOfficeOrders().createOrder(key(), order, clerk);
    }

    public BoxOfficeOrder now(BoxOfficeOrder order) throws ApiException {
        return client.boxOfficeOrders().getBoxOfficeOrder(order.getOrderId());
    }

    public BoxOfficeOrder add(BoxOfficeOrder order, ItemSelection items) throws ApiException {
        return client.boxOfficeOrders().addOrderItems(order.getOrderId(), key(), fence(order), items, clerk);
    }

    public BoxOfficeOrder remove(BoxOfficeOrder order, UUID item) throws ApiException {
        return client.boxOfficeOrders().removeOrderItem(order.getOrderId(), item, key(), fence(order), clerk);
    }

    public BoxOfficeOrder setBuyer(BoxOfficeOrder order, Contact buyer) throws ApiException {
        return client.boxOfficeOrders().setOrderBuyer(order.getOrderId(), key(), fence(order), buyer, clerk);
    }

    /** @param payUntil null: as long as the shop reserves */
    public BoxOfficeOrder reserve(BoxOfficeOrder order, @Nullable OffsetDateTime payUntil) throws ApiException {
        var fence = order.getLease() == null ? null : fence(order);
        var request = new ReservationRequest().payUntil(payUntil);
        return client.boxOfficeSales().reserve(order.getOrderId(), key(), request, fence, clerk);
    }

    /** In cash, counted out. */
    public CounterPaymentReceipt pay(BoxOfficeOrder order, long amount) throws ApiException {
        return pay(order, new CounterPaymentRequest().method(CounterMethod.CASH).amount(euros(amount)));
    }

    public CounterPaymentReceipt pay(BoxOfficeOrder order, CounterPaymentRequest request) throws ApiException {
        return client.boxOfficeSales().takePayment(order.getOrderId(), key(), fence(order), request, clerk);
    }

    /** @param why why money that was booked goes back */
    public BoxOfficeOrder cancel(BoxOfficeOrder order, @Nullable StaffRefundReason why) throws ApiException {
        var request = new BoxOfficeCancellation().refundReason(why);
        return client.boxOfficeSales().cancelAtBoxOffice(order.getOrderId(), key(), fence(order), request, clerk);
    }

    public HandBack handBack(BoxOfficeOrder order) throws ApiException {
        return client.hijacks().handBack(order.getOrderId(), key(), fence(order), clerk);
    }

    public BoxOfficeOrder renew(BoxOfficeOrder order) throws ApiException {
        return client.hijacks().renewLease(order.getOrderId(), key(), fence(order), clerk);
    }

    public BoxOfficeOrder takeOver(BoxOfficeOrder order) throws ApiException {
        var request = new OrderTakeOver().reason("Colleague has gone home");
        return client.hijacks().takeOverOrder(order.getOrderId(), key(), request, clerk);
    }

    public BoxOfficeOrder recover(Cart cart) throws ApiException {
        return recover(cart, null);
    }

    public BoxOfficeOrder recover(Cart cart, @Nullable String reason) throws ApiException {
        return client.hijacks().recoverCart(cart.getCartId(), key(), new RecoveryRequest().reason(reason), clerk);
    }

    public BoxOfficeOrder recover(UUID order) throws ApiException {
        return client.hijacks().recoverOrder(order, key(), new RecoveryRequest(), clerk);
    }

    public static Money euros(long cents) {
        return new Money().amount(cents).currency("EUR");
    }

    private static long fence(BoxOfficeOrder order) {
        return order.getLease().getFence();
    }

    private static UUID key() {
        return UUID.randomUUID();
    }
}
