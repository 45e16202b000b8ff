package dev.abendkasse.server.paymentlink.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.paymentlink.LinkOutcome;
import dev.abendkasse.server.paymentlink.domain.LinkAttempt;
import dev.abendkasse.server.paymentlink.domain.LinkCommand;
import dev.abendkasse.server.paymentlink.domain.PaymentLinkView;
import dev.abendkasse.server.paymentlink.domain.StoredLink;
import dev.abendkasse.server.shared.PaymentView;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Payment links in the database; their commands are the functions of R__5_payment_links.sql. */
@Repository
public class PaymentLinkStore {

    private static final String PAGE = """
            select payment_page_url
              from payment_link link
              join orders using (order_id)
              join shop using (shop_id)
             where link_id = :linkId and payment_page_url is not null and link_refusal(link, orders) is null
            """;

    private final DatabaseClient db;
    private final Functions functions;

    PaymentLinkStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    public Mono<LinkOutcome<StoredLink>> send(LinkCommand.Send command) {
        return functions.call("send_payment_link", command).map(answer -> toOutcome(answer, StoredLink.class));
    }

    public Mono<LinkOutcome<PaymentLinkView>> find(String tokenHash) {
        return functions
                .call("find_payment_link", Map.of("tokenHash", tokenHash))
                .map(answer -> toOutcome(answer, PaymentLinkView.class));
    }

    public Mono<LinkAttempt> pay(LinkCommand.Pay command) {
        return functions.call("pay_by_link", command).map(this::toAttempt);
    }

    /** The page of a link that can be paid under. */
    public Mono<String> page(UUID linkId) {
        return db.sql(PAGE).bind("linkId", linkId).mapValue(String.class).one();
    }

    private <T> LinkOutcome<T> toOutcome(JsonNode answer, Class<T> type) {
        return answer.has("refused")
                ? new LinkOutcome.Refused<>(
                        problem(answer), answer.path("clerk").asString(null))
                : new LinkOutcome.Done<>(functions.read(answer.get("link"), type));
    }

    private LinkAttempt toAttempt(JsonNode answer) {
        if (answer.has("refused")) {
            return new LinkAttempt.Refused(problem(answer));
        }
        if (answer.has("payment")) {
            return new LinkAttempt.Begun(functions.read(answer.get("payment"), PaymentView.class));
        }
        var before = answer.has("resume") ? answer.get("resume") : answer.get("paymentId");
        return new LinkAttempt.BegunBefore(UUID.fromString(before.asString()));
    }

    private static ProblemType problem(JsonNode answer) {
        return ProblemType.valueOf(answer.get("refused").asString());
    }
}
