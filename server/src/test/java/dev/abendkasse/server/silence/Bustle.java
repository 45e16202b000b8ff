package dev.abendkasse.server.silence;

import dev.abendkasse.server.testing.Theatre;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Other people at the same shop: they look at what is on, fill carts, give them up and buy, up to a hundred steps a second. */
final class Bustle implements AutoCloseable {

    private static final int PEOPLE = 4;
    private static final int PAUSE_MILLIS = 40;

    private final House house;
    private final int seats;
    private final AtomicInteger steps = new AtomicInteger();
    private final ScheduledExecutorService people = Executors.newScheduledThreadPool(PEOPLE);
    private final List<Wire> wires = new ArrayList<>();
    private final List<Future<?>> walks = new ArrayList<>();

    private Bustle(House house, int seats) {
        this.house = house;
        this.seats = seats;
    }

    /** @param seats how many they take at most; afterwards they only look */
    static Bustle at(Theatre theatre, int seats) {
        var bustle = new Bustle(House.open(theatre, seats), seats);
        for (int i = 0; i < PEOPLE; i++) {
            bustle.welcome(new Wire(theatre.address()), i * PAUSE_MILLIS / PEOPLE);
        }
        return bustle;
    }

    int steps() {
        return steps.get();
    }

    /** Ends when all have gone, and fails if one of them could not go on. */
    @Override
    public void close() throws InterruptedException, ExecutionException {
        people.close();
        wires.forEach(Wire::close);
        for (var walk : walks) {
            if (!walk.isCancelled()) {
                walk.get();
            }
        }
    }

    private void welcome(Wire wire, int afterMillis) {
        wires.add(wire);
        walks.add(people.scheduleAtFixedRate(() -> step(wire), afterMillis, PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    }

    private void step(Wire wire) {
        int step = steps.getAndIncrement();
        if (step % 2 == 1 || step / 2 >= seats) {
            wire.ask(RawRequest.get("/v1/performances/" + house.performance()));
        } else if (step % 4 == 0) {
            wire.ask(house.hold(wire, Person.guest(), Way.CARD).giveUp());
        } else {
            wire.ask(house.hold(wire, Person.guest(), Way.PAY_LATER).checkOut(UUID.randomUUID()));
        }
    }
}
