package dev.abendkasse.server.sandbox.store;

import static dev.abendkasse.server.database.Columns.value;

import dev.abendkasse.server.sandbox.SandboxComponent;
import dev.abendkasse.server.sandbox.domain.SandboxBooking;
import dev.abendkasse.server.sandbox.domain.SandboxEvent;
import dev.abendkasse.server.sandbox.domain.SandboxPayment;
import dev.abendkasse.server.sandbox.domain.SandboxState;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The sandbox's books. */
@SandboxComponent
public class SandboxStore {

    private static final String OPEN = """
            insert into sandbox_payment (payment_id, order_reference, amount, currency, method, return_url,
                                         notification_url, expires_at)
            values (:id, :orderReference, :amount, :currency, :method, :returnUrl, :notificationUrl, :expiresAt)
            on conflict (payment_id) do nothing
            """;

    private static final String FIND = """
            select payment_id, order_reference, amount, currency, method, return_url, notification_url, expires_at,
                   state, expires_at <= clock_timestamp() as expired
              from sandbox_payment
             where payment_id = :id
            """;

    /** The new state and the notification in one statement. The first try to send belongs to whoever called. */
    private static final String HAPPEN = """
            with moved as (
                update sandbox_payment
                   set state = case when state in ('OPEN', 'PROCESSING') or :overrules then :state else state end
                 where payment_id = :id
                   and state = any(:from)
                   and (not :needsTime or state <> 'OPEN' or expires_at > clock_timestamp())
                returning payment_id
            ), told as (
                insert into sandbox_notification as old (event_id, payment_id, type, occurred_at, due_at)
                select :eventId, payment_id, :type, clock_timestamp(), clock_timestamp() + interval '5 seconds'
                  from moved
                on conflict (event_id) do update set due_at = excluded.due_at, tries = 0
            )
            select count(*) from moved
            """;

    private final DatabaseClient db;

    SandboxStore(DatabaseClient db) {
        this.db = db;
    }

    /** Does nothing if there is a payment with this id. */
    public Mono<Void> open(SandboxPayment payment) {
        return db.sql(OPEN)
                .bind("id", payment.paymentId())
                .bind("orderReference", payment.orderReference())
                .bind("amount", payment.amount())
                .bind("currency", payment.currency())
                .bind("method", payment.method())
                .bind("returnUrl", Parameters.in(R2dbcType.VARCHAR, payment.returnUrl()))
                .bind("notificationUrl", payment.notificationUrl())
                .bind("expiresAt", payment.expiresAt())
                .then();
    }

    public Mono<SandboxBooking> find(UUID payment) {
        return db.sql(FIND).bind("id", payment).map(SandboxStore::toBooking).one();
    }

    /** False if the payment's state or end does not allow it. */
    public Mono<Boolean> happen(UUID payment, SandboxEvent event) {
        return db.sql(HAPPEN)
                .bind("id", payment)
                .bind("from", event.from().stream().map(SandboxState::name).toArray(String[]::new))
                .bind("state", event.leadsTo().name())
                .bind("overrules", event.overrules())
                .bind("needsTime", event.needsTime())
                .bind("eventId", event.eventId(payment))
                .bind("type", event.notification())
                .mapValue(Long.class)
                .one()
                .map(moved -> moved == 1);
    }

    static SandboxBooking toBooking(Readable row) {
        return new SandboxBooking(
                toPayment(row),
                SandboxState.valueOf(value(row, "state", String.class)),
                value(row, "expired", Boolean.class));
    }

    static SandboxPayment toPayment(Readable row) {
        return new SandboxPayment(
                value(row, "payment_id", UUID.class),
                value(row, "order_reference", String.class),
                value(row, "amount", Long.class),
                value(row, "currency", String.class),
                value(row, "method", String.class),
                row.get("return_url", String.class),
                value(row, "notification_url", String.class),
                value(row, "expires_at", Instant.class));
    }
}
