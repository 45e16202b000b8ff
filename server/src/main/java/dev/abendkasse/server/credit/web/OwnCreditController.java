package dev.abendkasse.server.credit.web;

import dev.abendkasse.api.OwnCreditApi;
import dev.abendkasse.api.model.CreditLimitRequest;
import dev.abendkasse.api.model.CreditLimitRequestReceipt;
import dev.abendkasse.api.model.OwnCreditAccount;
import dev.abendkasse.server.credit.OwnCreditService;
import dev.abendkasse.server.credit.domain.LimitRequestResult;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.Languages;
import dev.abendkasse.server.web.Repeats;
import java.util.UUID;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class OwnCreditController implements OwnCreditApi {

    private final OwnCreditService credit;
    private final CreditMapper mapper;
    private final Commands commands;
    private final Repeats repeats;
    private final MessageSource messages;

    OwnCreditController(
            OwnCreditService credit, CreditMapper mapper, Commands commands, Repeats repeats, MessageSource messages) {
        this.credit = credit;
        this.mapper = mapper;
        this.commands = commands;
        this.repeats = repeats;
        this.messages = messages;
    }

    @Override
    public Mono<ResponseEntity<OwnCreditAccount>> getOwnCreditAccount(ServerWebExchange exchange) {
        return customer(exchange)
                .flatMap(credit::find)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.UNAUTHORIZED)))
                .map(account -> ResponseEntity.ok(mapper.toContract(account)));
    }

    @Override
    public Mono<ResponseEntity<CreditLimitRequestReceipt>> requestCreditLimit(
            UUID idempotencyKey, Mono<CreditLimitRequest> body, ServerWebExchange exchange) {
        return body.zipWith(customer(exchange))
                .flatMap(both -> request(both.getT2(), both.getT1(), idempotencyKey))
                .map(result -> ResponseEntity.accepted().body(receipt(result, exchange)));
    }

    private Mono<LimitRequestResult> request(CustomerId customer, CreditLimitRequest request, UUID key) {
        var limit = mapper.toMoney(request.getLimit());
        var repeat = repeats.of("requestCreditLimit:" + customer.value(), key, request);
        return commands.run(credit.request(customer, limit, request.getReason(), repeat));
    }

    private CreditLimitRequestReceipt receipt(LimitRequestResult result, ServerWebExchange exchange) {
        var locale = Languages.of(exchange.getRequest());
        var number = CreditMapper.openedOrProblem(result);
        return new CreditLimitRequestReceipt(
                number.value(), number.grouped(), messages.getMessage("case.limit.OPEN", null, locale));
    }

    /** A token may outlive its account. */
    private static Mono<CustomerId> customer(ServerWebExchange exchange) {
        return Headers.customer(exchange)
                .flatMap(Mono::justOrEmpty)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.UNAUTHORIZED)));
    }
}
