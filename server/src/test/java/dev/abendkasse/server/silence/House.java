package dev.abendkasse.server.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.CancellationRequest;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.Theatre;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** A hall with seats for everybody who buys in it; no two ever want the same one. */
final class House {

    private static final int SEATS_IN_A_ROW = 10;

    private static final int STANDING = 200;

    private final Theatre theatre;
    private final UUID performance;
    private final AtomicInteger next = new AtomicInteger();

    private House(Theatre theatre, UUID performance) {
        this.theatre = theatre;
        this.performance = performance;
    }

    /** In addition to the usual prices there is {@code gift}, which costs nothing. */
    static House open(Theatre theatre, int seats) {
        var performance = Awaited.of(Hall.open(theatre.db(), seats, STANDING));
        Theatre.execute(
                theatre.db(),
                "insert into price (performance_id, category, ordinal, price_type, name, amount) values ('"
                        + performance + "', 'a', 3, 'gift', 'Geschenkt', 0)");
        return new House(theatre, performance);
    }

    UUID performance() {
        return performance;
    }

    /** Puts seats into a cart, in the order in which they stand. */
    Purchase hold(Wire wire, Person person, Way way) {
        var request = RawRequest.post("/v1/carts", selection(way)).with("Accept", "application/json");
        var answer = wire.ask(
                person.hasAccount() ? request.with("Authorization", "Bearer " + person.accessToken()) : request);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        var made = purchase(person, way, answer.json());
        return way.namesBefore() ? named(wire, made) : made;
    }

    /** The same for very many, past the front door. */
    Mono<Purchase> hold(Buyers buyers, Person person, Way way) {
        var selection = new Selection(performance, seats(way), null, null, way.priceType());
        return buyers.hold(null, selection)
                .map(cart -> new Purchase(
                        person,
                        way,
                        cart.cartId(),
                        buyers.tokenOf(cart.cartId()),
                        cart.version(),
                        cart.pickupCode(),
                        List.of()));
    }

    /** Has the next buyer find it as the first one did. */
    void clear() {
        Theatre.execute(
                theatre.db(),
                "update place set holder = null, held_until = '-infinity' where performance_id = '" + performance
                        + "'");
        next.set(0);
    }

    /** As the organiser does it. What follows from it may still be under way. */
    void cancelThePerformance() throws ApiException {
        theatre.office()
                .performanceChanges()
                .cancelPerformance(performance, UUID.randomUUID(), new CancellationRequest().reason("A test"));
    }

    /** Has the time of all these carts end so many seconds from now, at a full second; all their seats with them. */
    static void end(Theatre theatre, Collection<Purchase> carts, int seconds) {
        Theatre.execute(theatre.db(), """
                with moved as (
                    update cart
                       set expires_at = date_trunc('second', clock_timestamp()) + %s * interval '1 second'
                     where cart_id in (%s)
                    returning cart_id, expires_at)
                update place set held_until = moved.expires_at from moved where holder = moved.cart_id
                """.formatted(seconds, ids(carts)));
    }

    /** The ids of carts as SQL lists them. */
    static String ids(Collection<Purchase> carts) {
        return carts.stream().map(cart -> "'" + cart.cartId() + "'").collect(Collectors.joining(","));
    }

    private Purchase named(Wire wire, Purchase made) {
        var answer = wire.ask(made.name());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return made.at(answer.json().get("version").asLong());
    }

    private String selection(Way way) {
        return """
                {"items":{"performanceId":"%s",%s,"priceType":"%s"}}""".formatted(performance, places(way), way.priceType());
    }

    private String places(Way way) {
        return way.isStanding()
                ? "\"category\":\"ga\",\"quantity\":" + way.seats()
                : "\"seatIds\":[\"" + String.join("\",\"", seats(way)) + "\"]";
    }

    /** The next ones that nobody has had yet. */
    private List<String> seats(Way way) {
        int first = next.getAndAdd(way.seats());
        return IntStream.range(first, first + way.seats())
                .mapToObj(n -> "r" + (n / SEATS_IN_A_ROW + 1) + "-" + (n % SEATS_IN_A_ROW + 1))
                .toList();
    }

    private static Purchase purchase(Person person, Way way, JsonNode cart) {
        return new Purchase(
                person,
                way,
                UUID.fromString(cart.get("cartId").asString()),
                cart.get("cartToken").asString(),
                cart.get("version").asLong(),
                cart.get("pickupCode").asString(),
                cart.get("items")
                        .valueStream()
                        .map(item -> item.get("itemId").asString())
                        .toList());
    }
}
