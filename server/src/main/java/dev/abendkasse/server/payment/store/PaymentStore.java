package dev.abendkasse.server.payment.store;

import static dev.abendkasse.server.database.Columns.value;

import dev.abendkasse.server.payment.OpenRefund;
import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.PaymentId;
import io.r2dbc.spi.Readable;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What the provider has to know of payments and refunds. */
@Repository
public class PaymentStore {

    private static final String REFERENCE = """
            select provider_reference from payment where payment_id = :id
            """;

    private static final String PENDING_REFUND = """
            select refund_id, payment_id, payment.provider_reference, refund.amount, refund.currency
              from refund
              join (select payment_id, provider_reference from payment) payment using (payment_id)
             where refund_id = :id and state = 'PENDING'
            """;

    private static final String UNSURE = """
            select await_word(:id)
            """;

    private static final String ENDED = """
            select word_given(:id)
            """;

    private static final String CHECK_LATER = """
            select check_later(:id)
            """;

    private final DatabaseClient db;

    PaymentStore(DatabaseClient db) {
        this.db = db;
    }

    /** The provider's name for a payment of ours, once it has told it. */
    public Mono<Optional<String>> reference(PaymentId payment) {
        return db.sql(REFERENCE)
                .bind("id", payment.value())
                .map(row -> Optional.ofNullable(row.get("provider_reference", String.class)))
                .one();
    }

    /** Empty when it has ended. Fails while the provider's name for the payment is not known, so that it is tried again. */
    public Mono<OpenRefund> pendingRefund(UUID refund) {
        return db.sql(PENDING_REFUND)
                .bind("id", refund)
                .map(PaymentStore::toRefund)
                .one();
    }

    /** Nobody knows at the moment whether it is paid: its order keeps its seats for a while. */
    public Mono<Void> unsure(PaymentId payment) {
        return db.sql(UNSURE).bind("id", payment.value()).then();
    }

    /** Nobody can pay it any more: its order need not wait for it. */
    public Mono<Void> ended(PaymentId payment) {
        return db.sql(ENDED).bind("id", payment.value()).then();
    }

    /** Has it asked for now and then. */
    public Mono<Void> checkLater(PaymentId payment) {
        return db.sql(CHECK_LATER).bind("id", payment.value()).then();
    }

    private static OpenRefund toRefund(Readable row) {
        return new OpenRefund(
                value(row, "refund_id", UUID.class),
                new PaymentId(value(row, "payment_id", UUID.class)),
                Objects.requireNonNull(
                        row.get("provider_reference", String.class),
                        "the provider has not told its name for the payment"),
                Money.of(value(row, "amount", Long.class), value(row, "currency", String.class)));
    }
}
