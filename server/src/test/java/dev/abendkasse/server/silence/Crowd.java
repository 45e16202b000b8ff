package dev.abendkasse.server.silence;

import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Theatre;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;

/**
 * Many blocked guests with open carts, and as many ordinary ones whose carts were closed: for every reason and, reason by reason,
 * with the same time left and the same seats, methods and number of buyers.
 */
final class Crowd {

    private static final List<Way> WAYS =
            List.of(Way.CARD, Way.PAYPAL, Way.SEPA_DEBIT, Way.INVOICE, Way.PAY_LATER, Way.NOTHING_TO_PAY);

    private static final int AT_ONCE = 8;

    private final Theatre theatre;
    private final Buyers buyers;
    private final List<Person> blocked;
    private final List<Person> ordinary;

    private Crowd(Theatre theatre, List<Person> blocked, List<Person> ordinary) {
        this.theatre = theatre;
        this.buyers = new Buyers(theatre.server(), theatre.db());
        this.blocked = blocked;
        this.ordinary = ordinary;
    }

    /** @param persons of each kind; enough that two checkouts of one person hardly ever meet */
    static Crowd of(Theatre theatre, int persons) throws ApiException {
        var office = theatre.office();
        var blocked = new ArrayList<Person>();
        var ordinary = new ArrayList<Person>();
        for (int i = 0; i < persons; i++) {
            blocked.add(Person.blockedGuest(office));
            ordinary.add(Person.guest());
        }
        return new Crowd(theatre, blocked, ordinary);
    }

    /**
     * So many checkouts of blocked buyers, the first group, and twice as many of ordinary ones, the second: half of those are what the
     * blocked ones are compared with, and both halves are a control as large as that.
     */
    List<Probe> probes(int ofEach) {
        return probes(ofEach, UnaryOperator.identity());
    }

    /** @param change what is different about the requests of blocked buyers */
    List<Probe> probes(int ofEach, UnaryOperator<RawRequest> change) {
        var probes = new ArrayList<Probe>();
        split(ofEach).forEach((ending, count) -> {
            // Carts that are closed for good by what closes their performance have one of their own.
            var ofBlocked = carts(House.open(theatre, 2 * count), blocked, count, ending);
            var house = House.open(theatre, 4 * count);
            var ofOrdinary = carts(house, ordinary, 2 * count, ending);
            closeAtOnce(ending, house, ofOrdinary);
            ofBlocked.forEach(cart -> probes.add(new Probe(0, change.apply(cart.checkOut(UUID.randomUUID())))));
            ofOrdinary.forEach(cart -> probes.add(new Probe(1, cart.checkOut(UUID.randomUUID()))));
        });
        Theatre.execute(theatre.db(), "analyze");
        return probes;
    }

    private static Map<Ending, Integer> split(int count) {
        var split = new EnumMap<Ending, Integer>(Ending.class);
        for (int i = 0; i < count; i++) {
            split.merge(Ending.values()[i % Ending.values().length], 1, Integer::sum);
        }
        return split;
    }

    private List<Purchase> carts(House house, List<Person> persons, int count, Ending ending) {
        var carts = Awaited.of(Flux.range(0, count)
                .flatMap(i -> house.hold(buyers, persons.get(i % persons.size()), WAYS.get(i % WAYS.size())), AT_ONCE)
                .collectList());
        House.end(theatre, carts, ending.secondsLeft());
        return carts;
    }

    private void closeAtOnce(Ending ending, House house, Collection<Purchase> carts) {
        var ids = House.ids(carts);
        switch (ending) {
            case RAN_OUT -> {}
            case RAN_OUT_AND_SWEPT, GIVEN_UP, GIVEN_UP_IN_ANOTHER_TAB ->
                execute("select close_cart(cart_id) from cart where cart_id in (%s)".formatted(ids));
            case PERFORMANCE_CANCELLED ->
                execute("update performance set state = 'CANCELLED' where performance_id = '%s'"
                        .formatted(house.performance()));
            case SEATS_LOST ->
                execute("update place set holder = gen_random_uuid() where holder in (%s)".formatted(ids));
            case SENT_AWAY_BEFORE, RAN_OUT_AND_SENT_AWAY_BEFORE -> execute("""
                        select redirect_checkout(jsonb_build_object(
                                   'cartId', cart_id, 'reason', 'CLOSED', 'location', 'https://shop.example.org/events',
                                   'repeat', jsonb_build_object('scope', 'checkout:' || cart_id, 'key', gen_random_uuid(),
                                                                'requestHash', '00')))
                          from cart where cart_id in (%s)
                        """.formatted(ids));
        }
    }

    private void execute(String sql) {
        Theatre.execute(theatre.db(), sql);
    }
}
