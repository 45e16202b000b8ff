package dev.abendkasse.server.sandbox.store;

import static dev.abendkasse.server.database.Columns.value;

import dev.abendkasse.server.sandbox.SandboxComponent;
import dev.abendkasse.server.sandbox.domain.SandboxNotification;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the sandbox has still to tell the shop. */
@SandboxComponent
public class SandboxNotificationStore {

    private static final String FIND = """
            select event_id, type, occurred_at, payment_id, order_reference, payment.amount, currency, method, return_url,
                   notification_url, expires_at, subject, coalesce(told.amount, payment.amount) as told_amount
              from sandbox_notification told
              join sandbox_payment payment using (payment_id)
             where event_id = :eventId and due_at is not null
            """;

    private static final String CLAIM = """
            with claimed as (
                update sandbox_notification
                   set tries = tries + 1,
                       due_at = case when tries + 1 < :tries then clock_timestamp()
                           + least(300, :retrySeconds * power(2, least(tries, 20))) * interval '1 second' end
                 where event_id in (select event_id
                                      from sandbox_notification
                                     where due_at <= clock_timestamp()
                                     order by due_at
                                     limit :limit
                                       for update skip locked)
                returning event_id, payment_id, type, occurred_at, subject, amount
            )
            select event_id, type, occurred_at, payment_id, order_reference, payment.amount, currency, method, return_url,
                   notification_url, expires_at, subject, coalesce(claimed.amount, payment.amount) as told_amount
              from claimed
              join sandbox_payment payment using (payment_id)
            """;

    private static final String DELIVERED = """
            update sandbox_notification set due_at = null where event_id = :eventId
            """;

    private final DatabaseClient db;

    SandboxNotificationStore(DatabaseClient db) {
        this.db = db;
    }

    /** Empty if it is delivered or given up. */
    public Mono<SandboxNotification> find(String eventId) {
        return db.sql(FIND)
                .bind("eventId", eventId)
                .map(SandboxNotificationStore::toNotification)
                .one();
    }

    /** Those whose time has come; they come again later unless they are delivered. */
    public Flux<SandboxNotification> claim(int limit, int tries, Duration retry) {
        return db.sql(CLAIM)
                .bind("limit", limit)
                .bind("tries", tries)
                .bind("retrySeconds", retry.toMillis() / 1000.0)
                .map(SandboxNotificationStore::toNotification)
                .all();
    }

    public Mono<Void> delivered(String eventId) {
        return db.sql(DELIVERED).bind("eventId", eventId).then();
    }

    private static SandboxNotification toNotification(Readable row) {
        return new SandboxNotification(
                value(row, "event_id", String.class),
                value(row, "type", String.class),
                value(row, "occurred_at", Instant.class),
                SandboxStore.toPayment(row),
                row.get("subject", String.class),
                value(row, "told_amount", Long.class));
    }
}
