package dev.abendkasse.server.payment.store;

import static dev.abendkasse.server.database.Columns.value;

import dev.abendkasse.server.payment.Notification;
import dev.abendkasse.server.payment.PaymentFact;
import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.PaymentId;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the provider said, and what of it is still to be acted on. */
@Repository
public class FactStore {

    /** The fact and the note that it is to be handled, in one statement: there is never one without the other. */
    private static final String STORE = """
            with stored as (
                insert into payment_fact (provider, event_id, payment_id, kind, amount, currency, occurred_at, body)
                values (:provider, :eventId, (select payment_id from payment where payment_id = :payment),
                        :kind, :amount, :currency, :occurredAt, :body)
                on conflict (provider, event_id) do nothing
                returning fact_id, payment_id
            ), due as (
                insert into payment_fact_due (fact_id, due_at)
                select fact_id, clock_timestamp() + :retrySeconds * interval '1 second'
                  from stored
                 where payment_id is not null
            )
            select fact_id, payment_id is not null as payment_known
              from stored
            """;

    private static final String CLAIM = """
            with claimed as (
                update payment_fact_due
                   set tries = tries + 1,
                       due_at = clock_timestamp()
                           + least(3600, :retrySeconds * power(2, least(tries, 20))) * interval '1 second'
                 where fact_id in (select fact_id
                                     from payment_fact_due
                                    where due_at <= clock_timestamp()
                                    order by due_at
                                    limit :limit
                                      for update skip locked)
                returning fact_id
            )
            select fact_id, payment_id, kind, amount, currency, occurred_at
              from payment_fact
              join claimed using (fact_id)
             order by fact_id
            """;

    private static final String HANDLED = """
            delete from payment_fact_due where fact_id = :fact
            """;

    private final DatabaseClient db;

    FactStore(DatabaseClient db) {
        this.db = db;
    }

    /**
     * Empty if it was stored before.
     *
     * @param retry how long others leave it to whoever stored it
     */
    public Mono<StoredFact> store(Notification notification, Duration retry) {
        return db.sql(STORE)
                .bind("provider", notification.provider())
                .bind("eventId", notification.eventId())
                .bind("payment", notification.payment().value())
                .bind("kind", notification.kind().name())
                .bind("amount", notification.amount().amount())
                .bind("currency", notification.amount().currency().getCurrencyCode())
                .bind("occurredAt", notification.occurredAt())
                .bind("body", Json.of(notification.body()))
                .bind("retrySeconds", seconds(retry))
                .map(row ->
                        new StoredFact(value(row, "fact_id", Long.class), value(row, "payment_known", Boolean.class)))
                .one();
    }

    /** Facts whose time has come, oldest first. */
    public Flux<PaymentFact> claim(int limit, Duration retry) {
        return db.sql(CLAIM)
                .bind("limit", limit)
                .bind("retrySeconds", seconds(retry))
                .map(FactStore::toFact)
                .all();
    }

    public Mono<Void> handled(long fact) {
        return db.sql(HANDLED).bind("fact", fact).then();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static PaymentFact toFact(Readable row) {
        return new PaymentFact(
                value(row, "fact_id", Long.class),
                new PaymentId(value(row, "payment_id", UUID.class)),
                PaymentFact.Kind.valueOf(value(row, "kind", String.class)),
                Money.of(value(row, "amount", Long.class), value(row, "currency", String.class)),
                value(row, "occurred_at", Instant.class));
    }
}
