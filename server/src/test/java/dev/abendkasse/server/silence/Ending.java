package dev.abendkasse.server.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.Theatre;
import java.util.List;
import java.util.UUID;

/** How the cart of an ordinary buyer comes to be closed. */
enum Ending {
    RAN_OUT(-1),
    RAN_OUT_AND_SWEPT(-600),
    GIVEN_UP(840),
    GIVEN_UP_IN_ANOTHER_TAB(300),
    PERFORMANCE_CANCELLED(120),
    SEATS_LOST(20),
    SENT_AWAY_BEFORE(600),
    RAN_OUT_AND_SENT_AWAY_BEFORE(-60);

    private final int secondsLeft;

    Ending(int secondsLeft) {
        this.secondsLeft = secondsLeft;
    }

    /** What is left of the time of such carts at the checkout; below zero when it has passed. */
    int secondsLeft() {
        return secondsLeft;
    }

    /**
     * Closes these carts.
     *
     * @param own the connection on which the buyer goes on
     * @param house where all their seats are; nobody else has seats there
     */
    void close(Theatre theatre, Wire own, House house, List<Purchase> carts) throws Exception {
        switch (this) {
            case RAN_OUT -> {}
            case RAN_OUT_AND_SWEPT -> Theatre.execute(theatre.db(), "select sweep_carts(100000)");
            case GIVEN_UP -> carts.forEach(cart -> giveUp(own, cart));
            case GIVEN_UP_IN_ANOTHER_TAB -> {
                try (var other = new Wire(theatre.address())) {
                    carts.forEach(cart -> giveUp(other, cart));
                }
            }
            case PERFORMANCE_CANCELLED -> house.cancelThePerformance();
            case SEATS_LOST ->
                Theatre.execute(
                        theatre.db(),
                        "update place set holder = gen_random_uuid() where holder in (" + House.ids(carts) + ")");
            case SENT_AWAY_BEFORE -> {
                carts.forEach(cart -> giveUp(own, cart));
                carts.forEach(cart -> sendAway(own, cart));
            }
            case RAN_OUT_AND_SENT_AWAY_BEFORE -> carts.forEach(cart -> sendAway(own, cart));
        }
    }

    private static void giveUp(Wire wire, Purchase cart) {
        assertThat(wire.ask(cart.giveUp()).status()).isEqualTo(200);
    }

    private static void sendAway(Wire wire, Purchase cart) {
        assertThat(wire.ask(cart.checkOut(UUID.randomUUID())).isRedirect()).isTrue();
    }
}
