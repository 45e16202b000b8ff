package dev.abendkasse.server.bank.store;

import dev.abendkasse.server.bank.domain.Booking;
import dev.abendkasse.server.bank.domain.BookingResult;
import dev.abendkasse.server.bank.domain.ReceivedPayment;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemType;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Booked transfers; booking is the function of R__5_received_payments.sql. */
@Repository
public class ReceivedPaymentStore {

    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");
    private static final UUID LAST = new UUID(-1, -1);

    private static final String LIST = """
            select received_payment_view(received_payment_id) from received_payment
             where (booked_at, received_payment_id) < (:at, :id)
               and (:orderId::uuid is null or order_id = :orderId)
             order by booked_at desc, received_payment_id desc
             limit :limit
            """;

    private final DatabaseClient db;
    private final Functions functions;

    ReceivedPaymentStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** Books a transfer and does what follows, in one round trip. */
    public Mono<BookingResult> book(Booking booking) {
        return functions.call("book_received", booking).map(this::toResult);
    }

    /** The latest first. */
    public Flux<ReceivedPayment> list(@Nullable UUID order, @Nullable TimeCursor<UUID> before, int limit) {
        return db.sql(LIST)
                .bind("at", before == null ? END : before.at())
                .bind("id", before == null ? LAST : before.id())
                .bind("orderId", order == null ? Parameters.in(UUID.class) : order)
                .bind("limit", limit)
                .mapValue(Json.class)
                .all()
                .map(found -> functions.parse(found, ReceivedPayment.class));
    }

    private BookingResult toResult(JsonNode answer) {
        return answer.has("refused")
                ? new BookingResult.Refused(
                        ProblemType.valueOf(answer.get("refused").asString()))
                : new BookingResult.Booked(functions.read(answer.get("received"), ReceivedPayment.class));
    }
}
