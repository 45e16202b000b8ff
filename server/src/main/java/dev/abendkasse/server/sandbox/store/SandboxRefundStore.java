package dev.abendkasse.server.sandbox.store;

import static dev.abendkasse.server.database.Columns.value;

import dev.abendkasse.server.sandbox.SandboxComponent;
import dev.abendkasse.server.sandbox.domain.SandboxRefund;
import dev.abendkasse.server.sandbox.domain.SandboxRefundEvent;
import dev.abendkasse.server.sandbox.domain.SandboxRefundOrder;
import io.r2dbc.spi.Readable;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the sandbox has given back. */
@SandboxComponent
public class SandboxRefundStore {

    private static final String COLUMNS = "select refund_id, payment_id, amount, answer, state from sandbox_refund ";

    private static final String FIND = COLUMNS + """
             where refund_id = :id
            """;

    private static final String LIST = COLUMNS + """
             where payment_id = :payment
             order by created_at, refund_id
            """;

    /**
     * Never more than was paid, by the payment's own row, on which all its refunds wait for each other. What fails gives nothing
     * back. A late failure is told a moment after the answer.
     */
    private static final String MAKE = """
            with taken as (
                update sandbox_payment payment
                   set refunded = refunded + case when refunds in ('FAIL', 'FAIL_LATE') then 0 else :amount end
                 where payment_id = :payment and state = 'SUCCEEDED' and refunds <> 'BE_REFUSED'
                   and currency = :currency and refunded + :amount <= amount
                   and not exists (select from sandbox_dispute
                                    where sandbox_dispute.payment_id = payment.payment_id
                                      and sandbox_dispute.state <> 'WON')
                returning payment_id, refunds
            ), made as (
                insert into sandbox_refund (refund_id, payment_id, amount, answer, state)
                select :id, payment_id, :amount,
                       case refunds when 'STAY_PENDING' then 'PENDING' when 'FAIL' then 'FAILED' else 'SUCCEEDED' end,
                       case refunds when 'STAY_PENDING' then 'PENDING' when 'SUCCEED' then 'SUCCEEDED' else 'FAILED' end
                  from taken
                returning *
            )
            insert into sandbox_notification (event_id, payment_id, type, subject, amount, occurred_at, due_at)
            select 'refund.' || lower(state) || ':' || refund_id, payment_id, 'refund.' || lower(state), refund_id, amount,
                   clock_timestamp(),
                   clock_timestamp() + case when state = answer then interval '0' else interval '1 second' end
              from made
             where state <> 'PENDING' and answer <> 'FAILED'
            """;

    private static final String HAPPEN = """
            with old as (
                select * from sandbox_refund
                 where refund_id = :id and payment_id = :payment and state = any(:from) for update
            ), moved as (
                update sandbox_refund refund set state = :state from old where refund.refund_id = old.refund_id
            ), kept as (
                update sandbox_payment payment set refunded = refunded - old.amount
                  from old
                 where payment.payment_id = old.payment_id and old.state <> 'FAILED' and :state = 'FAILED'
            ), told as (
                insert into sandbox_notification as earlier (event_id, payment_id, type, subject, amount, occurred_at, due_at)
                select :eventId, payment_id, :type, refund_id, amount, clock_timestamp(),
                       clock_timestamp() + interval '5 seconds'
                  from old
                on conflict (event_id) do update set due_at = excluded.due_at, tries = 0
            )
            select count(*) from old
            """;

    private final DatabaseClient db;

    SandboxRefundStore(DatabaseClient db) {
        this.db = db;
    }

    public Mono<SandboxRefund> find(UUID refund) {
        return db.sql(FIND).bind("id", refund).map(SandboxRefundStore::toRefund).one();
    }

    public Flux<SandboxRefund> list(UUID payment) {
        return db.sql(LIST)
                .bind("payment", payment)
                .map(SandboxRefundStore::toRefund)
                .all();
    }

    /** Does nothing if it cannot be, or was made before. */
    public Mono<Void> make(SandboxRefundOrder order) {
        return db.sql(MAKE)
                .bind("id", order.refundId())
                .bind("payment", order.paymentId())
                .bind("amount", order.amount())
                .bind("currency", order.currency())
                .then()
                .onErrorComplete(DuplicateKeyException.class);
    }

    /** False if the refund's state does not allow it. */
    public Mono<Boolean> happen(UUID payment, UUID refund, SandboxRefundEvent event) {
        return db.sql(HAPPEN)
                .bind("id", refund)
                .bind("payment", payment)
                .bind("from", event.from().stream().map(Enum::name).toArray(String[]::new))
                .bind("state", event.leadsTo().name())
                .bind("eventId", event.eventId(refund))
                .bind("type", event.notification())
                .mapValue(Long.class)
                .one()
                .map(moved -> moved == 1);
    }

    private static SandboxRefund toRefund(Readable row) {
        return new SandboxRefund(
                value(row, "refund_id", UUID.class),
                value(row, "payment_id", UUID.class),
                value(row, "amount", Long.class),
                SandboxRefund.State.valueOf(value(row, "answer", String.class)),
                SandboxRefund.State.valueOf(value(row, "state", String.class)));
    }
}
