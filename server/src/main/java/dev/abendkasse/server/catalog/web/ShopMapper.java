package dev.abendkasse.server.catalog.web;

import static java.util.Objects.requireNonNull;

import dev.abendkasse.api.model.LeaseEnd;
import dev.abendkasse.api.model.PaymentMethod;
import dev.abendkasse.api.model.ShopPage;
import dev.abendkasse.server.catalog.Shop;
import dev.abendkasse.server.catalog.Shop.Desk;
import dev.abendkasse.server.catalog.Shop.Reservations;
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
                toTerms(settings),
                toReservations(settings),
                toDesk(settings));
    }

    /** What is left out has its default. */
    private static Terms toTerms(dev.abendkasse.api.model.ShopSettings settings) {
        return new Terms(
                requireNonNull(settings.getTransferSeconds()),
                requireNonNull(settings.getTransferGraceSeconds()),
                settings.getRefundSecondsBefore(),
                requireNonNull(settings.getRefundFee()),
                requireNonNull(settings.getLinkSeconds()),
                settings.getPaymentPageUrl(),
                settings.getAccountPageUrl(),
                settings.getCasePageUrl());
    }

    private static Reservations toReservations(dev.abendkasse.api.model.ShopSettings settings) {
        return new Reservations(
                requireNonNull(settings.getGuestReservations()),
                requireNonNull(settings.getGuestReservationAmount()),
                requireNonNull(settings.getCustomerReservations()),
                settings.getCustomerReservationAmount(),
                requireNonNull(settings.getReminderSeconds()));
    }

    private static Desk toDesk(dev.abendkasse.api.model.ShopSettings settings) {
        return new Desk(
                requireNonNull(settings.getWarningSeconds()),
                requireNonNull(settings.getLeaseSeconds()),
                requireNonNull(settings.getLeaseEnd()).name(),
                requireNonNull(settings.getStrayReservationSeconds()),
                requireNonNull(settings.getDeskMaxSeats()),
                requireNonNull(settings.getDeskSalesSeconds()));
    }

    static ShopPage toPage(Page<Shop> page) {
        return new ShopPage()
                .items(page.items().stream().map(ShopMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    static dev.abendkasse.api.model.Shop toContract(Shop shop) {
        var settings = shop.settings();
        var shown = common(shop, settings);
        show(shown, settings.terms());
        show(shown, settings.reservations());
        show(shown, settings.desk());
        return shown;
    }

    private static dev.abendkasse.api.model.Shop common(Shop shop, ShopSettings settings) {
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
                .reservationSeconds(settings.reservationSeconds());
    }

    private static void show(dev.abendkasse.api.model.Shop shown, Terms terms) {
        shown.transferSeconds(terms.transferSeconds())
                .transferGraceSeconds(terms.transferGraceSeconds())
                .refundSecondsBefore(terms.refundSecondsBefore())
                .refundFee(terms.refundFee())
                .linkSeconds(terms.linkSeconds())
                .paymentPageUrl(terms.paymentPageUrl())
                .accountPageUrl(terms.accountPageUrl())
                .casePageUrl(terms.casePageUrl());
    }

    private static void show(dev.abendkasse.api.model.Shop shown, Reservations reservations) {
        shown.guestReservations(reservations.guests())
                .guestReservationAmount(reservations.guestAmount())
                .customerReservations(reservations.customers())
                .customerReservationAmount(reservations.customerAmount())
                .reminderSeconds(reservations.reminderSeconds());
    }

    private static void show(dev.abendkasse.api.model.Shop shown, Desk desk) {
        shown.warningSeconds(desk.warningSeconds())
                .leaseSeconds(desk.leaseSeconds())
                .leaseEnd(LeaseEnd.valueOf(desk.leaseEnd()))
                .strayReservationSeconds(desk.strayReservationSeconds())
                .deskMaxSeats(desk.maxSeats())
                .deskSalesSeconds(desk.salesSeconds());
    }
}
