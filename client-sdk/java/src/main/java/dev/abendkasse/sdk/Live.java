package dev.abendkasse.sdk;

import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CartEvent;
import dev.abendkasse.sdk.model.CartEventType;
import dev.abendkasse.sdk.model.SeatEvent;
import java.util.UUID;

/** What changes, as it happens. */
public final class Live {

    private final Connection connection;

    Live(Connection connection) {
        this.connection = connection;
    }

    /** What becomes of the seats of a performance. Read the seat map after this has returned, and again with RESYNC. */
    public EventStream<SeatEvent> streamSeats(UUID performanceId) throws ApiException {
        return EventStream.open(
                connection, "/v1/performances/" + performanceId + "/seats/stream", SeatEvent.class, event -> false);
    }

    /** What becomes of a cart, for a view of the client with its token. Over with CLOSED and CHECKED_OUT. */
    public EventStream<CartEvent> streamCart(UUID cartId) throws ApiException {
        return EventStream.open(connection, "/v1/carts/" + cartId + "/stream", CartEvent.class, Live::isLast);
    }

    private static boolean isLast(CartEvent event) {
        return event.getType() == CartEventType.CLOSED || event.getType() == CartEventType.CHECKED_OUT;
    }
}
