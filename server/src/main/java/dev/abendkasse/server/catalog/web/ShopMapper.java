package dev.abendkasse.server.catalog.web;

import static java.util.Objects.requireNonNull;

import dev.abendkasse.api.model.PaymentMethod;
import dev.abendkasse.api.model.ShopPage;
import dev.abendkasse.server.catalog.Shop;
import dev.abendkasse.server.catalog.Shop.ShopSettings;
import dev.abendkasse.server.catalog.Shop.Terms;
import dev.abendkasse.server.shared.Page;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** Shop front ends: contract types on one side, domain types on the other. */
final class ShopMapper {

    private ShopMapper() {}

    static ShopSettings toSettings(dev.abendkasse.api.model.ShopSettings settings) {
        return new ShopSettings(
                settings.getName(),
                settings.getOverviewUrl(),
                List.copyOf(settings.getReturnOrigins()),
                settings.getPaymentMethods().stream()
                        .map(PaymentMethod::getValue)
                        .toList(),
                settings.getHoldSeconds(),
                settings.getExtensionSeconds(),
                settings.getHoldCapSeconds(),
                settings.getMaxSeats(),
                settings.getPaymentSeconds(),
                settings.getReservationSeconds(),
                toTerms(settings));
    }

    /** What is left out has its default. */
    private static Terms toTerms(dev.abendkasse.api.model.ShopSettings settings) {
        return new Terms(
                requireNonNull(settings.getTransferSeconds()),
                requireNonNull(settings.getTransferGraceSeconds()),
                settings.getRefundSecondsBefore(),
                requireNonNull(settings.getRefundFee()),
                requireNonNull(settings.getLinkSeconds()),
                settings.getPaymentPageUrl());
    }

    static ShopPage toPage(Page<Shop> page) {
        return new ShopPage()
                .items(page.items().stream().map(ShopMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    static dev.abendkasse.api.model.Shop toContract(Shop shop) {
        var settings = shop.settings();
        var terms = settings.terms();
        return new dev.abendkasse.api.model.Shop()
                .shopId(shop.shopId())
                .version(shop.version())
                .name(settings.name())
                .overviewUrl(settings.overviewUrl())
                .returnOrigins(new LinkedHashSet<>(settings.returnOrigins()))
                .paymentMethods(settings.paymentMethods().stream()
                        .map(PaymentMethod::fromValue)
                        .collect(Collectors.toCollection(LinkedHashSet::new)))
                .holdSeconds(settings.holdSeconds())
                .extensionSeconds(settings.extensionSeconds())
                .holdCapSeconds(settings.holdCapSeconds())
                .maxSeats(settings.maxSeats())
                .paymentSeconds(settings.paymentSeconds())
                .reservationSeconds(settings.reservationSeconds())
                .transferSeconds(terms.transferSeconds())
                .transferGraceSeconds(terms.transferGraceSeconds())
                .refundSecondsBefore(terms.refundSecondsBefore())
                .refundFee(terms.refundFee())
                .linkSeconds(terms.linkSeconds())
                .paymentPageUrl(terms.paymentPageUrl());
    }
}
