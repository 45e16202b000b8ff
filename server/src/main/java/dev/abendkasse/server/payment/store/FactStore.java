package dev.abendkasse.server.payment.store;

import static dev.abendkasse.server.database.Columns.value;

import dev.abendkasse.server.payment.Notification;
import dev.abendkasse.server.payment.PaymentFact;
import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.PaymentId;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What the provider said. */
@Repository
public class FactStore {

    public static final String KIND = "PAYMENT_FACT";

    /**
     * The fact and the message that has it handled, in one statement: there is never one without the other. The message waits,
     * because whoever stores a fact handles it at once. What names a payment that we do not have is kept for people; what
     * names none, and has a reference that we never heard, is somebody else's business.
     */
    private static final String STORE = """
            with known as (
                (select payment_id from payment where payment_id = :payment)
                union all
                (select payment_id from payment where :payment::uuid is null and provider_reference = :reference
                  order by created_at desc limit 1)
            ), stored as (
                insert into payment_fact (provider, event_id, payment_id, kind, amount, currency, occurred_at, reference,
                                          subject, body)
                select :provider, :eventId, (select payment_id from known),
                       :kind, :amount, :currency, :occurredAt, :reference, :subject, :body
                 where :payment::uuid is not null or exists (select from known)
                on conflict (provider, event_id) do nothing
                returning fact_id, payment_id
            )
            select fact_id, payment_id,
                   post_message('PAYMENT_FACT', fact_id::text, '{}',
                                clock_timestamp() + :retrySeconds * interval '1 second')
              from stored
            """;

    private static final String FIND = """
            select fact_id, payment_id, kind, amount, currency, occurred_at, reference, subject
              from payment_fact
             where fact_id = :fact and payment_id is not null
            """;

    private final DatabaseClient db;

    FactStore(DatabaseClient db) {
        this.db = db;
    }

    /**
     * Empty if it was stored before or is not ours.
     *
     * @param retry how long others leave it to whoever stored it
     */
    public Mono<StoredFact> store(Notification notification, Duration retry) {
        return db.sql(STORE)
                .bind("provider", notification.provider())
                .bind("eventId", notification.eventId())
                .bind("payment", payment(notification))
                .bind("kind", notification.kind().name())
                .bind("amount", notification.amount().amount())
                .bind("currency", notification.amount().currency().getCurrencyCode())
                .bind("occurredAt", notification.occurredAt())
                .bind("reference", Parameters.in(R2dbcType.VARCHAR, notification.reference()))
                .bind("subject", Parameters.in(R2dbcType.VARCHAR, notification.subject()))
                .bind("body", Json.of(notification.body()))
                .bind("retrySeconds", seconds(retry))
                .map(FactStore::toStored)
                .one();
    }

    /** Empty if it is of no payment of ours. */
    public Mono<PaymentFact> find(long fact) {
        return db.sql(FIND).bind("fact", fact).map(FactStore::toFact).one();
    }

    private static Parameter payment(Notification notification) {
        var payment = notification.payment();
        return payment == null ? Parameters.in(UUID.class) : Parameters.in(payment.value());
    }

    private static StoredFact toStored(Readable row) {
        var payment = row.get("payment_id", UUID.class);
        return new StoredFact(value(row, "fact_id", Long.class), payment == null ? null : new PaymentId(payment));
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
                value(row, "occurred_at", Instant.class),
                row.get("reference", String.class),
                row.get("subject", String.class));
    }
}
