package dev.abendkasse.server.order.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.order.domain.OrderCommand;
import dev.abendkasse.server.order.domain.OrderResult;
import dev.abendkasse.server.order.domain.Settlement;
import dev.abendkasse.server.shared.CartView;
import dev.abendkasse.server.shared.OrderView;
import dev.abendkasse.server.shared.PaymentView;
import dev.abendkasse.server.shared.problem.ProblemType;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Orders in the database; their commands are the functions of R__4_orders.sql. */
@Repository
public class OrderStore {

    private static final String VIEW = """
            select order_view(order_id) from orders
             where order_id = :orderId and (token_hash = :tokenHash or customer_id = :customerId)
            """;

    private static final String EXPIRE = """
            select expire_orders(:limit)
            """;

    private final DatabaseClient db;
    private final Functions functions;

    OrderStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** Carries a command out in one round trip. */
    public Mono<OrderResult> execute(OrderCommand command) {
        return functions.call(functionFor(command), command).map(this::toResult);
    }

    /** The order, or empty when neither the token's hash nor the customer is right. */
    public Mono<OrderView> find(UUID orderId, byte @Nullable [] tokenHash, @Nullable UUID customer) {
        return db.sql(VIEW)
                .bind("orderId", orderId)
                .bind(
                        "tokenHash",
                        Parameters.in(R2dbcType.VARBINARY, tokenHash == null ? null : ByteBuffer.wrap(tokenHash)))
                .bind("customerId", Parameters.in(R2dbcType.VARCHAR, customer))
                .mapValue(Json.class)
                .one()
                .map(view -> functions.parse(view, OrderView.class));
    }

    /** Ends up to so many unpaid orders whose deadline has passed, and says how many. */
    public Mono<Long> expire(int limit) {
        return db.sql(EXPIRE).bind("limit", limit).mapValue(Long.class).one();
    }

    /** Does to the order what has become of its payment; told again, it does nothing. Says what it came to. */
    public Mono<String> settle(Settlement settlement) {
        return functions
                .call("settle_payment", settlement)
                .map(answer -> answer.get("settled").asString());
    }

    private static String functionFor(OrderCommand command) {
        return switch (command) {
            case OrderCommand.Cancel _ -> "cancel_order";
            case OrderCommand.Release _ -> "release_order";
            case OrderCommand.StartPayment _ -> "start_payment";
        };
    }

    private OrderResult toResult(JsonNode answer) {
        if (answer.has("refused")) {
            return new OrderResult.Refused(
                    ProblemType.valueOf(answer.get("refused").asString()));
        }
        if (answer.has("order")) {
            return new OrderResult.Changed(functions.read(answer.get("order"), OrderView.class));
        }
        if (answer.has("cart")) {
            return new OrderResult.Released(functions.read(answer.get("cart"), CartView.class));
        }
        if (answer.has("payment")) {
            return new OrderResult.Started(functions.read(answer.get("payment"), PaymentView.class));
        }
        var before = answer.has("resume") ? answer.get("resume") : answer.get("paymentId");
        return new OrderResult.StartedBefore(UUID.fromString(before.asString()));
    }
}
