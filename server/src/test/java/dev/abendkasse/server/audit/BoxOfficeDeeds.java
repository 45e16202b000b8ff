package dev.abendkasse.server.audit;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.model.PurchaseSearch;
import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.BoxOfficeCancellation;
import dev.abendkasse.sdk.model.BoxOfficeOrder;
import dev.abendkasse.sdk.model.BoxOfficeOrderCreation;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.CartCreation;
import dev.abendkasse.sdk.model.Contact;
import dev.abendkasse.sdk.model.CounterMethod;
import dev.abendkasse.sdk.model.CounterPaymentRequest;
import dev.abendkasse.sdk.model.Hijack;
import dev.abendkasse.sdk.model.HijackConfirmation;
import dev.abendkasse.sdk.model.HijackRequest;
import dev.abendkasse.sdk.model.ItemChange;
import dev.abendkasse.sdk.model.OrderCaseRequest;
import dev.abendkasse.sdk.model.OrderNote;
import dev.abendkasse.sdk.model.OrderTakeOver;
import dev.abendkasse.sdk.model.PaymentLinkDelivery;
import dev.abendkasse.sdk.model.PaymentLinkDispatch;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.RecoveryRequest;
import dev.abendkasse.sdk.model.ReservationRequest;
import dev.abendkasse.server.testing.BankTheatre;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Theatre;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What clerks do with purchases. */
record BoxOfficeDeeds(Theatre theatre, AbendkasseOfficeClient office, AbendkasseClient desk) {

    /** A request about an order that the clerk has. */
    private interface Work {

        Object on(BoxOfficeOrder order, UUID key, long fence) throws Exception;
    }

    Map<String, Deed> all() {
        var all = new HashMap<>(takingOver());
        all.putAll(working());
        all.putAll(selling());
        all.put("getHijack", Deed.once(() -> {
            var hijack = warned(cart()).getHijackId();
            return () -> desk.hijacks().getHijack(hijack);
        }));
        all.put("getCartNotice", Deed.once(() -> {
            var cart = cart().getCartId();
            return () -> office.hijackNotices().getCartNotice(cart);
        }));
        all.put("getOrderNotice", Deed.once(() -> {
            var order = expired();
            return () -> office.hijackNotices().getOrderNotice(order);
        }));
        all.put("getHijackNotice", Deed.once(() -> {
            var hijack = warned(cart()).getHijackId();
            return () -> office.hijackNotices().getHijackNotice(hijack);
        }));
        all.put(
                "searchPurchases",
                Deed.once(() -> () -> office.purchases().searchPurchases(new PurchaseSearch().q("nobody"))));
        return all;
    }

    private Map<String, Deed> takingOver() {
        return Map.of(
                "createHijack",
                Deed.repeatable(() -> {
                    var request = new HijackRequest().cartId(cart().getCartId());
                    var key = UUID.randomUUID();
                    return () -> desk.hijacks().createHijack(key, request, null);
                }),
                "withdrawHijack",
                Deed.repeatable(() -> {
                    var hijack = warned(cart()).getHijackId();
                    var key = UUID.randomUUID();
                    return () -> desk.hijacks().withdrawHijack(hijack, key, null);
                }),
                "confirmHijack",
                Deed.repeatable(() -> {
                    var hijack = warned(cart());
                    var key = UUID.randomUUID();
                    return () -> confirmed(hijack, key);
                }),
                "handBack",
                Deed.repeatable(() -> {
                    var order = takenOver(cart());
                    var key = UUID.randomUUID();
                    return () -> desk.hijacks().handBack(order.getOrderId(), key, fence(order), null);
                }),
                "recoverCart",
                Deed.repeatable(() -> {
                    var cart = cart().getCartId();
                    theatre.letTimePass(cart);
                    var key = UUID.randomUUID();
                    return () -> desk.hijacks().recoverCart(cart, key, new RecoveryRequest().reason("Called"), null);
                }),
                "recoverOrder",
                Deed.repeatable(() -> {
                    var order = expired();
                    var key = UUID.randomUUID();
                    return () -> desk.hijacks().recoverOrder(order, key, new RecoveryRequest().reason("Called"), null);
                }),
                "takeOverOrder",
                with((order, key, _) -> desk.hijacks()
                        .takeOverOrder(order.getOrderId(), key, new OrderTakeOver().reason("Gone home"), null)));
    }

    private Map<String, Deed> working() {
        return Map.of(
                "createOrder",
                Deed.repeatable(() -> {
                    var key = UUID.randomUUID();
                    return () -> created(key);
                }),
                "addOrderItems",
                with((order, key, fence) -> desk.boxOfficeOrders()
                        .addOrderItems(order.getOrderId(), key, fence, theatre.best("ga", 1), null)),
                "changeOrderItem",
                with((order, key, fence) -> desk.boxOfficeOrders()
                        .changeOrderItem(
                                order.getOrderId(), item(order), key, fence, new ItemChange().priceType("full"), null)),
                "removeOrderItem",
                with((order, key, fence) ->
                        desk.boxOfficeOrders().removeOrderItem(order.getOrderId(), item(order), key, fence, null)),
                "setOrderBuyer",
                with((order, key, fence) ->
                        desk.boxOfficeOrders().setOrderBuyer(order.getOrderId(), key, fence, contact(), null)),
                "setOrderNote",
                with((order, key, fence) -> desk.boxOfficeOrders()
                        .setOrderNote(order.getOrderId(), key, fence, new OrderNote().note("Aisle"), null)));
    }

    private Map<String, Deed> selling() {
        return Map.of(
                "reserve",
                with((order, key, fence) ->
                        desk.boxOfficeSales().reserve(order.getOrderId(), key, new ReservationRequest(), fence, null)),
                "sendPaymentLink",
                with((order, key, fence) -> desk.boxOfficeSales()
                        .sendPaymentLink(
                                order.getOrderId(),
                                key,
                                new PaymentLinkDispatch().delivery(PaymentLinkDelivery.PRINT),
                                fence,
                                null)),
                "takePayment",
                with((order, key, fence) ->
                        desk.boxOfficeSales().takePayment(order.getOrderId(), key, fence, cash(order), null)),
                "cancelAtBoxOffice",
                with((order, key, fence) -> desk.boxOfficeSales()
                        .cancelAtBoxOffice(order.getOrderId(), key, fence, new BoxOfficeCancellation(), null)),
                "openOrderCase",
                Deed.repeatable(() -> {
                    var customer = BankTheatre.customer(theatre);
                    var cart = customer.carts()
                            .createCart(new CartCreation().items(theatre.best("ga", 1)), UUID.randomUUID());
                    var order = takenOver(cart);
                    var key = UUID.randomUUID();
                    return () -> desk.boxOfficeSales()
                            .openOrderCase(order.getOrderId(), key, fence(order), new OrderCaseRequest(), null);
                }));
    }

    private Deed with(Work work) {
        return Deed.repeatable(() -> {
            var order = created(UUID.randomUUID());
            var key = UUID.randomUUID();
            return () -> work.on(order, key, fence(order));
        });
    }

    private BoxOfficeOrder created(UUID key) throws ApiException {
        return desk.boxOfficeOrders()
                .createOrder(
                        key,
                        new BoxOfficeOrderCreation()
                                .items(theatre.best("ga", 2))
                                .buyer(contact()),
                        null);
    }

    private Cart cart() throws ApiException {
        return theatre.hold(theatre.best("ga", 1));
    }

    private UUID expired() throws ApiException {
        var order = (Outcome.Reserved) theatre.checkOut(cart(), PaymentMethod.PAY_LATER);
        var id = order.order().getOrderId();
        theatre.letTimePass(id);
        PayPage.await(
                () -> theatre.count("select count(*) from orders where state = 'EXPIRED' and order_id = '" + id + "'"),
                ended -> ended == 1);
        return id;
    }

    private Hijack warned(Cart cart) throws ApiException {
        return desk.hijacks().createHijack(UUID.randomUUID(), new HijackRequest().cartId(cart.getCartId()), null);
    }

    private Hijack confirmed(Hijack warned, UUID key) throws ApiException {
        var confirmation = new HijackConfirmation().version(warned.getVersion());
        return desk.hijacks().confirmHijack(warned.getHijackId(), key, confirmation, null);
    }

    private BoxOfficeOrder takenOver(Cart cart) throws ApiException {
        return confirmed(warned(cart), UUID.randomUUID()).getOrder();
    }

    private static CounterPaymentRequest cash(BoxOfficeOrder order) {
        return new CounterPaymentRequest().method(CounterMethod.CASH).amount(order.getOwed());
    }

    private static Contact contact() {
        return new Contact().name("Example Caller").phone("030 1234567");
    }

    private static long fence(BoxOfficeOrder order) {
        return order.getLease().getFence();
    }

    private static UUID item(BoxOfficeOrder order) {
        return order.getItems().getFirst().getItemId();
    }
}
