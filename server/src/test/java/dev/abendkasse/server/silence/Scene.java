package dev.abendkasse.server.silence;

import dev.abendkasse.server.testing.Theatre;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * A blocked buyer and an ordinary one whose cart gets closed, each with a connection of their own.
 *
 * @param server which replica both of them shop at
 */
record Scene(Theatre theatre, URI server, House house, Person blocked, Person ordinary) {

    /** Two carts of which everybody knows the same, before their checkouts: only one of them is closed. */
    record Pair(Purchase blocked, Purchase ordinary) {}

    /** What is done with the carts of one scene. */
    interface Act {

        void play(Wire ofBlocked, Wire ofOrdinary, Pair pair) throws Exception;
    }

    /** Fills the carts, gives all of them the same time left, closes those of the ordinary buyer, and then acts. */
    void play(Ending ending, Way way, int pairs, Act act) throws Exception {
        // Whoever cancels a performance closes all carts that have seats there.
        var own = ending == Ending.PERFORMANCE_CANCELLED ? House.open(theatre, pairs * way.seats()) : house;
        try (var ofBlocked = new Wire(server);
                var ofOrdinary = new Wire(server)) {
            var blockedCarts = hold(ofBlocked, house, blocked, way, pairs);
            var ordinaryCarts = hold(ofOrdinary, own, ordinary, way, pairs);
            var all = new ArrayList<>(blockedCarts);
            all.addAll(ordinaryCarts);
            House.end(theatre, all, ending.secondsLeft());
            ending.close(theatre, ofOrdinary, own, ordinaryCarts);
            for (int i = 0; i < pairs; i++) {
                act.play(ofBlocked, ofOrdinary, new Pair(blockedCarts.get(i), ordinaryCarts.get(i)));
            }
        }
    }

    private static List<Purchase> hold(Wire wire, House house, Person person, Way way, int times) {
        var carts = new ArrayList<Purchase>();
        for (int i = 0; i < times; i++) {
            carts.add(house.hold(wire, person, way));
        }
        return carts;
    }
}
