package dev.abendkasse.server.order.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.PaymentView;
import io.r2dbc.postgresql.codec.Json;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Attempts to pay orders, between making them here and opening them at the provider. */
@Repository
public class AttemptStore {

    private static final String VIEW = """
            select payment_view(payment) from payment where payment_id = :paymentId
            """;

    private static final String ORDER_NUMBER = """
            select order_number::text from orders join payment using (order_id) where payment_id = :paymentId
            """;

    private final DatabaseClient db;
    private final Functions functions;

    AttemptStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    public Mono<PaymentView> find(UUID paymentId) {
        return db.sql(VIEW)
                .bind("paymentId", paymentId)
                .mapValue(Json.class)
                .one()
                .map(view -> functions.parse(view, PaymentView.class));
    }

    /** The number of the order that the attempt pays, which the buyer reads at the provider. */
    public Mono<String> orderNumber(UUID paymentId) {
        return db.sql(ORDER_NUMBER)
                .bind("paymentId", paymentId)
                .mapValue(String.class)
                .one();
    }

    /** What {@link #opened} keeps. */
    public record Opened(
            UUID paymentId,
            String reference,
            @Nullable String url,
            @Nullable String clientSecret,
            Idempotency repeat) {}

    /** Keeps what the provider opened, and ends the command that began it. */
    public Mono<PaymentView> opened(Opened opened) {
        return functions
                .call("payment_opened", opened)
                .map(answer -> functions.read(answer.get("payment"), PaymentView.class));
    }

    /** The provider could not be reached: the command may be repeated at once. */
    public Mono<Void> notOpened(Idempotency repeat) {
        return functions.call("payment_not_opened", Map.of("repeat", repeat)).then();
    }
}
