package dev.abendkasse.server.sandbox.store;

import static dev.abendkasse.server.database.Columns.value;

import dev.abendkasse.server.sandbox.SandboxComponent;
import dev.abendkasse.server.sandbox.domain.SandboxAccount;
import dev.abendkasse.server.sandbox.domain.SandboxDispute;
import dev.abendkasse.server.sandbox.domain.SandboxRefund;
import dev.abendkasse.server.sandbox.domain.SandboxRefunds;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** What testers decide about a payment: disputes, and what becomes of refunds. */
@SandboxComponent
public class SandboxControlStore {

    private static final String FIND = """
            select payment_id, order_reference, amount, currency, method, return_url, notification_url, expires_at,
                   sandbox_payment.state, expires_at <= clock_timestamp() as expired, refunds, dispute.state as dispute
              from sandbox_payment
              left join (select payment_id, state from sandbox_dispute) dispute using (payment_id)
             where payment_id = :id
            """;

    private static final String CHOOSE = """
            update sandbox_payment set refunds = :refunds where payment_id = :id
            """;

    private static final String DISPUTE = """
            with moved as (
                insert into sandbox_dispute as earlier (payment_id, state)
                select payment_id, :state from sandbox_payment where payment_id = :id and state = 'SUCCEEDED'
                on conflict (payment_id) do update
                   set state = case earlier.state when 'OPEN' then excluded.state else earlier.state end
                 where excluded.state = 'OPEN' or earlier.state in ('OPEN', excluded.state)
                returning payment_id
            ), told as (
                insert into sandbox_notification as earlier (event_id, payment_id, type, subject, amount, occurred_at, due_at)
                select :eventId, payment_id, :type, :subject, amount, clock_timestamp(),
                       clock_timestamp() + interval '5 seconds'
                  from moved join sandbox_payment using (payment_id)
                on conflict (event_id) do update set due_at = excluded.due_at, tries = 0
            )
            select count(*) from moved
            """;

    private final DatabaseClient db;
    private final SandboxRefundStore refunds;

    SandboxControlStore(DatabaseClient db, SandboxRefundStore refunds) {
        this.db = db;
        this.refunds = refunds;
    }

    /** Empty if there is no such payment. */
    public Mono<SandboxAccount> find(UUID payment) {
        return refunds.list(payment)
                .collectList()
                .flatMap(made -> db.sql(FIND)
                        .bind("id", payment)
                        .map(row -> toAccount(row, made))
                        .one());
    }

    public Mono<Boolean> choose(UUID payment, SandboxRefunds choice) {
        return db.sql(CHOOSE)
                .bind("id", payment)
                .bind("refunds", choice.name())
                .fetch()
                .rowsUpdated()
                .map(updated -> updated == 1);
    }

    /** False if it is not paid, or ended the other way. */
    public Mono<Boolean> dispute(UUID payment, SandboxDispute event) {
        return db.sql(DISPUTE)
                .bind("id", payment)
                .bind("state", event.name())
                .bind("eventId", event.eventId(payment))
                .bind("type", event.notification())
                .bind("subject", SandboxDispute.id(payment))
                .mapValue(Long.class)
                .one()
                .map(moved -> moved == 1);
    }

    private static SandboxAccount toAccount(Readable row, List<SandboxRefund> made) {
        var dispute = row.get("dispute", String.class);
        return new SandboxAccount(
                SandboxStore.toBooking(row),
                SandboxRefunds.valueOf(value(row, "refunds", String.class)),
                dispute == null ? null : SandboxDispute.valueOf(dispute),
                made);
    }
}
