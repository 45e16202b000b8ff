package dev.abendkasse.server.blacklist.silence;

import dev.abendkasse.server.testing.Theatre;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Other people at the same shop: they look at seats, fill carts, give them up and buy, a hundred steps a second. */
final class Bustle implements AutoCloseable {

    private static final int PEOPLE = 4;
    private static final int PAUSE_MILLIS = 40;

    private final House house;
    private final AtomicInteger steps = new AtomicInteger();
    private final ScheduledExecutorService people = Executors.newScheduledThreadPool(PEOPLE);

    private Bustle(House house) {
        this.house = house;
    }

    /** @param steps how many there are at most */
    static Bustle at(Theatre theatre, int steps) {
        var bustle = new Bustle(House.open(theatre, steps));
        for (int i = 0; i < PEOPLE; i++) {
            var wire = new Wire(theatre.address());
            bustle.people.scheduleAtFixedRate(
                    () -> bustle.step(wire), i * PAUSE_MILLIS / PEOPLE, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        return bustle;
    }

    int steps() {
        return steps.get();
    }

    /** What nobody has noticed yet is over, and then it is quiet. */
    @Override
    public void close() {
        people.close();
    }

    private void step(Wire wire) {
        switch (steps.getAndIncrement() % 4) {
            case 0 -> wire.ask(house.hold(wire, Person.guest(), Way.CARD).giveUp());
            case 1 -> wire.ask(house.hold(wire, Person.guest(), Way.PAY_LATER).checkOut(UUID.randomUUID()));
            default -> wire.ask(RawRequest.get("/v1/events"));
        }
    }
}
