package dev.abendkasse.server.cart.store;

import dev.abendkasse.server.cart.domain.CartCommand;
import dev.abendkasse.server.cart.domain.CartResult;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.CartView;
import dev.abendkasse.server.shared.problem.ProblemType;
import io.r2dbc.postgresql.codec.Json;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Carts in the database; their commands are the functions of R__3_carts.sql. */
@Repository
public class CartStore {

    private static final String VIEW = """
            select cart_view(cart_id) from cart where cart_id = :cartId and token_hash = :tokenHash
            """;

    private static final String SWEEP = """
            select sweep_carts(:limit)
            """;

    private final DatabaseClient db;
    private final Functions functions;

    CartStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** Carries a command out in one round trip. */
    public Mono<CartResult> execute(CartCommand command) {
        return functions.call(functionFor(command), command).map(this::toResult);
    }

    /** The cart, or empty when the id or the token's hash is wrong. */
    public Mono<CartView> find(UUID cartId, byte[] tokenHash) {
        return db.sql(VIEW)
                .bind("cartId", cartId)
                .bind("tokenHash", tokenHash)
                .mapValue(Json.class)
                .one()
                .map(view -> functions.parse(view, CartView.class));
    }

    /** Tidies up to so many carts whose time has passed, and says how many. */
    public Mono<Long> sweep(int limit) {
        return db.sql(SWEEP).bind("limit", limit).mapValue(Long.class).one();
    }

    private static String functionFor(CartCommand command) {
        return switch (command) {
            case CartCommand.Create _ -> "create_cart";
            case CartCommand.AddItems _ -> "add_items";
            case CartCommand.ChangeItem _ -> "change_item";
            case CartCommand.RemoveItem _ -> "remove_item";
            case CartCommand.SetBuyer _ -> "set_buyer";
            case CartCommand.Abandon _ -> "abandon_cart";
        };
    }

    private CartResult toResult(JsonNode answer) {
        if (answer.has("refused")) {
            return toRefusal(answer);
        }
        return new CartResult.Changed(functions.read(answer.get("cart"), CartView.class));
    }

    private CartResult.Refused toRefusal(JsonNode answer) {
        return new CartResult.Refused(
                ProblemType.valueOf(answer.get("refused").asString()),
                answer.path("seatIds").valueStream().map(JsonNode::asString).toList(),
                indexIn(answer),
                answer.has("cart") ? functions.read(answer.get("cart"), CartView.class) : null);
    }

    private static @Nullable Integer indexIn(JsonNode answer) {
        return answer.has("index") ? answer.get("index").asInt() : null;
    }
}
