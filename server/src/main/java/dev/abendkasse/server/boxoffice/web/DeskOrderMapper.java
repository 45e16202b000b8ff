package dev.abendkasse.server.boxoffice.web;

import dev.abendkasse.api.model.BoxOfficeOrder;
import dev.abendkasse.api.model.BoxOfficeOrderCreation;
import dev.abendkasse.api.model.BoxOfficeOrderPage;
import dev.abendkasse.api.model.CounterMethod;
import dev.abendkasse.api.model.Lease;
import dev.abendkasse.api.model.LetterLanguage;
import dev.abendkasse.api.model.OrderState;
import dev.abendkasse.api.model.PaymentStatus;
import dev.abendkasse.server.boxoffice.NewOrder;
import dev.abendkasse.server.boxoffice.domain.CounterPayment;
import dev.abendkasse.server.boxoffice.domain.DeskOrder;
import dev.abendkasse.server.shared.OrderView.State;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.Languages;
import dev.abendkasse.server.web.OrderViews;
import dev.abendkasse.server.web.PurchaseMapper;
import dev.abendkasse.server.web.Selections;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.server.ServerWebExchange;

/** Orders of the box office: contract types on one side, the module's on the other. Names of states are the same. */
final class DeskOrderMapper {

    private static final String MAIN_SHOP = "main";

    private DeskOrderMapper() {}

    static ResponseEntity<BoxOfficeOrder> answer(DeskOrder order) {
        return answer(HttpStatus.OK, order);
    }

    static ResponseEntity<BoxOfficeOrder> created(DeskOrder order) {
        return answer(HttpStatus.CREATED, order);
    }

    static BoxOfficeOrderPage toPage(Page<DeskOrder> page) {
        return new BoxOfficeOrderPage(
                        page.items().stream().map(DeskOrderMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    static BoxOfficeOrder toContract(DeskOrder order) {
        return new BoxOfficeOrder(
                        order.orderId(),
                        order.orderNumber(),
                        order.shopId(),
                        toContract(order.state()),
                        PaymentStatus.valueOf(order.paymentStatus().name()),
                        order.version(),
                        order.createdAt(),
                        order.items().stream().map(PurchaseMapper::toContract).toList(),
                        PurchaseMapper.toContract(order.total().money()),
                        PurchaseMapper.toContract(order.paid().money()),
                        PurchaseMapper.toContract(order.owed().money()),
                        order.counterPayments().stream()
                                .map(DeskOrderMapper::toContract)
                                .toList())
                .heldUntil(order.heldUntil())
                .payUntil(order.payUntil())
                .buyer(PurchaseMapper.toContract(order.buyer()))
                .note(order.note())
                .paymentMethod(OrderViews.toContract(order.paymentMethod()))
                .caseNumber(order.caseNumber())
                .cartId(order.cartId())
                .formerState(order.formerState() == null ? null : toContract(order.formerState()))
                .hijackId(order.hijackId())
                .clientId(order.clientId())
                .lease(toContract(order.lease()));
    }

    static dev.abendkasse.api.model.CounterPayment toContract(CounterPayment payment) {
        return new dev.abendkasse.api.model.CounterPayment(
                        payment.counterPaymentId(),
                        CounterMethod.valueOf(payment.method().name()),
                        PurchaseMapper.toContract(payment.amount().money()),
                        payment.at(),
                        payment.by())
                .change(
                        payment.change() == null
                                ? null
                                : PurchaseMapper.toContract(payment.change().money()))
                .reference(payment.reference());
    }

    static NewOrder toDraft(BoxOfficeOrderCreation request, ServerWebExchange exchange) {
        return new NewOrder(
                Objects.requireNonNullElse(request.getShopId(), MAIN_SHOP),
                Selections.read(request.getItems(), "#/items"),
                request.getBuyer() == null ? null : PurchaseMapper.toContact(request.getBuyer()),
                request.getNote(),
                language(request.getLanguage(), exchange));
    }

    /** The language that was asked for, else that of the request. */
    static String language(@Nullable LetterLanguage language, ServerWebExchange exchange) {
        return language == null
                ? Languages.of(exchange.getRequest()).getLanguage()
                : language.name().toLowerCase(Locale.ROOT);
    }

    private static ResponseEntity<BoxOfficeOrder> answer(HttpStatus status, DeskOrder order) {
        return ResponseEntity.status(status).eTag(Headers.etag(order.version())).body(toContract(order));
    }

    private static OrderState toContract(State state) {
        return OrderState.valueOf(state.name());
    }

    private static @Nullable Lease toContract(DeskOrder.@Nullable Lease lease) {
        return lease == null ? null : new Lease(lease.clerk(), lease.fence()).until(lease.until());
    }
}
