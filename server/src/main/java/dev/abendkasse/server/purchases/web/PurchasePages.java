package dev.abendkasse.server.purchases.web;

import dev.abendkasse.api.model.PaymentStatus;
import dev.abendkasse.api.model.PurchaseKind;
import dev.abendkasse.api.model.PurchasePage;
import dev.abendkasse.api.model.PurchasePerformance;
import dev.abendkasse.api.model.PurchaseState;
import dev.abendkasse.server.purchases.domain.Purchase;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.web.PurchaseMapper;

/** Shows what was found. Names of kinds and states are the same in the contract and the domain. */
final class PurchasePages {

    private PurchasePages() {}

    static PurchasePage toPage(Page<Purchase> page) {
        return new PurchasePage()
                .items(page.items().stream().map(PurchasePages::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    private static dev.abendkasse.api.model.Purchase toContract(Purchase found) {
        var total = found.total();
        var status = found.paymentStatus();
        return new dev.abendkasse.api.model.Purchase()
                .kind(PurchaseKind.valueOf(found.kind().name()))
                .cartId(found.cartId())
                .orderId(found.orderId())
                .shopId(found.shopId())
                .state(PurchaseState.valueOf(found.state().name()))
                .paymentStatus(status == null ? null : PaymentStatus.valueOf(status))
                .pickupCode(found.pickupCode())
                .orderNumber(found.orderNumber())
                .customerId(found.customerId())
                .buyerName(found.buyerName())
                .buyerEmail(found.buyerEmail())
                .buyerPhone(found.buyerPhone())
                .total(total == null ? null : PurchaseMapper.toContract(total.money()))
                .quantity(found.quantity())
                .seats(found.seats().stream().map(PurchaseMapper::toContract).toList())
                .performances(found.performances().stream()
                        .map(PurchasePages::toContract)
                        .toList())
                .clerk(found.clerk())
                .createdAt(found.createdAt())
                .expiresAt(found.expiresAt());
    }

    private static PurchasePerformance toContract(Purchase.Performance performance) {
        return new PurchasePerformance(
                performance.performanceId(), performance.title(), performance.hall(), performance.startsAt());
    }
}
