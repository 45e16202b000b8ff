package dev.abendkasse.server.bank;

import dev.abendkasse.office.model.Shop;
import dev.abendkasse.office.model.ShopSettings;

/** Settings of shops as they are, to be sent back. */
final class Shops {

    private Shops() {}

    static ShopSettings settings(Shop shop) {
        return new ShopSettings()
                .name(shop.getName())
                .overviewUrl(shop.getOverviewUrl())
                .returnOrigins(shop.getReturnOrigins())
                .paymentMethods(shop.getPaymentMethods())
                .holdSeconds(shop.getHoldSeconds())
                .extensionSeconds(shop.getExtensionSeconds())
                .holdCapSeconds(shop.getHoldCapSeconds())
                .maxSeats(shop.getMaxSeats())
                .paymentSeconds(shop.getPaymentSeconds())
                .reservationSeconds(shop.getReservationSeconds());
    }
}
