package dev.abendkasse.server.payment.store;

import static dev.abendkasse.server.database.Columns.value;

import dev.abendkasse.server.shared.PaymentId;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the provider is still to be told to cancel. */
@Repository
public class CancelStore {

    /** Claims by pushing the due time: a crash before the end only delays the next try. */
    private static final String CLAIM = """
            update payment
               set cancel_tries = cancel_tries + 1,
                   cancel_due_at = clock_timestamp()
                       + least(3600, :retrySeconds * power(2, least(cancel_tries, 20))) * interval '1 second'
             where payment_id in (select payment_id
                                    from payment
                                   where cancel_due_at <= clock_timestamp()
                                   order by cancel_due_at
                                   limit :limit
                                     for update skip locked)
            returning payment_id, provider_reference, cancel_tries
            """;

    private static final String DONE = """
            update payment set cancel_due_at = null where payment_id = :id and cancel_tries = :fence
            """;

    private final DatabaseClient db;

    CancelStore(DatabaseClient db) {
        this.db = db;
    }

    public Flux<DueCancel> claim(int limit, Duration retry) {
        return db.sql(CLAIM)
                .bind("limit", limit)
                .bind("retrySeconds", retry.toMillis() / 1000.0)
                .map(CancelStore::toDueCancel)
                .all();
    }

    public Mono<Void> done(DueCancel cancel) {
        return db.sql(DONE)
                .bind("id", cancel.payment().value())
                .bind("fence", cancel.fence())
                .then();
    }

    private static DueCancel toDueCancel(Readable row) {
        return new DueCancel(
                new PaymentId(value(row, "payment_id", UUID.class)),
                row.get("provider_reference", String.class),
                value(row, "cancel_tries", Integer.class));
    }
}
