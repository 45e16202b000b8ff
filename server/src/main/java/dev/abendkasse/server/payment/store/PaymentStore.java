package dev.abendkasse.server.payment.store;

import static dev.abendkasse.server.database.Columns.value;

import dev.abendkasse.server.payment.NewPayment;
import dev.abendkasse.server.payment.Payment;
import dev.abendkasse.server.payment.PaymentState;
import dev.abendkasse.server.payment.ProviderSession;
import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.OrderId;
import dev.abendkasse.server.shared.PaymentId;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The payment table, one row per attempt. */
@Repository
public class PaymentStore {

    private static final String INSERT = """
            insert into payment (payment_id, order_id, method, amount, currency, state, return_url, expires_at)
            values (:id, :order, :method, :amount, :currency, 'CREATED', :returnUrl, :expiresAt)
            on conflict (order_id) where state in ('CREATED', 'ACTION_REQUIRED', 'PROCESSING') do nothing
            """;

    /** The reference is kept in any state: without it nobody can cancel at the provider. */
    private static final String OPENED = """
            update payment
               set provider_reference = :reference,
                   url = :url,
                   client_secret = :clientSecret,
                   state = case when state = 'CREATED' then 'ACTION_REQUIRED' else state end,
                   cancel_tries = case when state = 'CANCELLED' then cancel_tries + 1 else cancel_tries end,
                   cancel_due_at = case when state = 'CANCELLED' then clock_timestamp() else cancel_due_at end
             where payment_id = :id and provider_reference is null
            """;

    private static final String BY_ID = """
            select payment_id, order_id, method, amount, currency, state, url, client_secret, expires_at
              from payment
             where payment_id = :id
            """;

    private static final String OPEN_ATTEMPT_OF = """
            select payment_id, order_id, method, amount, currency, state, url, client_secret, expires_at
              from payment
             where order_id = :order and state in ('CREATED', 'ACTION_REQUIRED', 'PROCESSING')
            """;

    /** Without a reference the opening may still be on its way to the provider: it must not overtake the cancel. */
    private static final String REQUEST_CANCEL = """
            update payment
               set state = 'CANCELLED',
                   cancel_due_at = clock_timestamp()
                       + case when provider_reference is null then interval '10 seconds' else interval '0' end
             where payment_id = :id and state in ('CREATED', 'ACTION_REQUIRED')
            """;

    private static final String ADVANCE = """
            update payment
               set state = :state,
                   cancel_due_at = case when :state = 'PROCESSING' then cancel_due_at end
             where payment_id = :id and state = any(:before)
            """;

    private final DatabaseClient db;

    PaymentStore(DatabaseClient db) {
        this.db = db;
    }

    public Mono<Boolean> insert(NewPayment payment) {
        return db.sql(INSERT)
                .bind("id", payment.id().value())
                .bind("order", payment.order().value())
                .bind("method", payment.method())
                .bind("amount", payment.amount().amount())
                .bind("currency", payment.amount().currency().getCurrencyCode())
                .bind("returnUrl", Parameters.in(R2dbcType.VARCHAR, payment.returnUrl()))
                .bind("expiresAt", payment.expiresAt())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    public Mono<Void> opened(PaymentId payment, ProviderSession session) {
        return db.sql(OPENED)
                .bind("id", payment.value())
                .bind("reference", session.reference())
                .bind("url", session.url())
                .bind("clientSecret", Parameters.in(R2dbcType.VARCHAR, session.clientSecret()))
                .then();
    }

    public Mono<Payment> byId(PaymentId payment) {
        return db.sql(BY_ID)
                .bind("id", payment.value())
                .map(PaymentStore::toPayment)
                .one();
    }

    public Mono<Payment> openAttemptOf(OrderId order) {
        return db.sql(OPEN_ATTEMPT_OF)
                .bind("order", order.value())
                .map(PaymentStore::toPayment)
                .one();
    }

    public Mono<Boolean> requestCancel(PaymentId payment) {
        return db.sql(REQUEST_CANCEL)
                .bind("id", payment.value())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    public Mono<Boolean> advance(PaymentId payment, Collection<PaymentState> before, PaymentState after) {
        return db.sql(ADVANCE)
                .bind("id", payment.value())
                .bind("before", before.stream().map(PaymentState::name).toArray(String[]::new))
                .bind("state", after.name())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    private static Payment toPayment(Readable row) {
        return new Payment(
                new PaymentId(value(row, "payment_id", UUID.class)),
                new OrderId(value(row, "order_id", UUID.class)),
                value(row, "method", String.class),
                Money.of(value(row, "amount", Long.class), value(row, "currency", String.class)),
                PaymentState.valueOf(value(row, "state", String.class)),
                row.get("url", String.class),
                row.get("client_secret", String.class),
                value(row, "expires_at", Instant.class));
    }
}
