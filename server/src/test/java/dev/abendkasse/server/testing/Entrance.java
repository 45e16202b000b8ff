package dev.abendkasse.server.testing;

import dev.abendkasse.sdk.AccessTokens;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.api.GateApi;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CheckIn;
import dev.abendkasse.sdk.model.CheckInRequest;
import dev.abendkasse.sdk.model.ItemSelection;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.Ticket;
import dev.abendkasse.server.security.ApiClients;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** An evening at a theatre: the doors are open, everything is free of charge, and a gate looks at tickets. */
public final class Entrance {

    public static final String MAIN = "Haupteingang";

    /** An order that is confirmed. */
    public record Bought(UUID orderId, String token) {}

    private final Theatre theatre;
    private final String clientId = "gate-" + UUID.randomUUID();
    private final String secret;

    private Entrance(Theatre theatre) {
        this.theatre = theatre;
        this.secret = Awaited.of(theatre.server().bean(ApiClients.class).create(clientId, Set.of("gate")));
    }

    /** Whatever is on there starts in an hour. */
    public static Entrance of(Theatre theatre) {
        Theatre.execute(theatre.db(), "update price set amount = 0");
        Theatre.execute(theatre.db(), "update shop set max_seats = 100");
        var entrance = new Entrance(theatre);
        entrance.startsIn("1 hour");
        return entrance;
    }

    public Bought buy(String... seats) throws ApiException {
        return buy(theatre.seats(seats));
    }

    public Bought buy(ItemSelection items) throws ApiException {
        var confirmed = (Outcome.Confirmed) theatre.checkOut(theatre.hold(items), PaymentMethod.CARD);
        return new Bought(confirmed.order().getOrderId(), confirmed.orderToken());
    }

    public List<Ticket> tickets(Bought bought) throws ApiException {
        return theatre.shop()
                .withOrderToken(bought.token())
                .tickets()
                .listTickets(bought.orderId())
                .getItems();
    }

    /** The ticket of one seat, just bought. */
    public Ticket ticket(String seat) throws ApiException {
        return tickets(buy(seat)).getFirst();
    }

    public GateApi gate() {
        return gateOf(theatre);
    }

    /** The same gate at another replica. */
    public GateApi gateOf(Theatre replica) {
        var token = AccessTokens.clientCredentials(replica.address(), clientId, secret)
                .get();
        return replica.shop(token).gate();
    }

    public CheckIn checkIn(String code) throws ApiException {
        return gate().checkIn(UUID.randomUUID(), scan(code));
    }

    public CheckInRequest scan(String code) {
        return new CheckInRequest().code(code).gate(MAIN).performanceId(theatre.performance());
    }

    /** As what ends an order does. */
    public void revoke(Bought bought, String reason) {
        Theatre.execute(theatre.db(), "select revoke_tickets('" + bought.orderId() + "', '" + reason + "')");
    }

    /** Moves the start to so long from now, as waiting would; on sale it stays. */
    public void startsIn(String interval) {
        Theatre.execute(theatre.db(), """
                update performance
                   set starts_at = clock_timestamp() + interval '%s', sales_end = clock_timestamp() + interval '1 hour'
                 where performance_id = '%s'
                """.formatted(interval, theatre.performance()));
    }
}
