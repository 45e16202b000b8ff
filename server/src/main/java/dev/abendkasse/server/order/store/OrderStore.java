package dev.abendkasse.server.order.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.order.domain.Expiry;
import dev.abendkasse.server.order.domain.OrderCommand;
import dev.abendkasse.server.order.domain.OrderResult;
import dev.abendkasse.server.order.domain.RefundSettlement;
import dev.abendkasse.server.order.domain.Settlement;
import dev.abendkasse.server.shared.CartView;
import dev.abendkasse.server.shared.OrderView;
import dev.abendkasse.server.shared.PaymentView;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Orders in the database; their commands are the functions of R__4_orders.sql. */
@Repository
public class OrderStore {

    private final Functions functions;

    OrderStore(Functions functions) {
        this.functions = functions;
    }

    /** Carries a command out in one round trip. */
    public Mono<OrderResult> execute(OrderCommand command) {
        return functions.call(functionFor(command), command).map(this::toResult);
    }

    /**
     * Ends unpaid orders whose deadline has passed.
     *
     * @param caseNumbers one for each of as many orders as may be ended
     */
    public Mono<Expiry> expire(List<String> caseNumbers) {
        return functions
                .call("expire_orders", Map.of("caseNumbers", caseNumbers))
                .map(answer -> functions.read(answer, Expiry.class));
    }

    /** Does to the order what has become of its payment; told again, it does nothing. Says what it came to. */
    public Mono<String> settlePayment(Settlement settlement) {
        return settle("settle_payment", settlement);
    }

    public Mono<String> settleRefund(RefundSettlement settlement) {
        return settle("settle_refund", settlement);
    }

    public Mono<String> settleDispute(Settlement settlement) {
        return settle("settle_dispute", settlement);
    }

    /** Opens a case for something that the provider said and nobody can act on, once. */
    public Mono<Void> giveToPeople(long factId, String caseNumber) {
        return functions
                .call("fact_to_people", Map.of("factId", factId, "caseNumber", caseNumber))
                .then();
    }

    private Mono<String> settle(String function, Object settlement) {
        return functions
                .call(function, settlement)
                .map(answer -> answer.get("settled").asString());
    }

    private static String functionFor(OrderCommand command) {
        return switch (command) {
            case OrderCommand.Find _ -> "find_order";
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
