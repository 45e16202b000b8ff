package dev.abendkasse.server.cases.web;

import dev.abendkasse.api.CustomerCasesApi;
import dev.abendkasse.api.model.CaseAnswer;
import dev.abendkasse.server.cases.CustomerCases;
import dev.abendkasse.server.cases.domain.CaseAccess;
import dev.abendkasse.server.cases.domain.CustomerCase;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.Languages;
import dev.abendkasse.server.web.Repeats;
import java.util.Locale;
import java.util.UUID;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class CustomerCaseController implements CustomerCasesApi {

    private final CustomerCases cases;
    private final Commands commands;
    private final Repeats repeats;
    private final MessageSource messages;

    CustomerCaseController(CustomerCases cases, Commands commands, Repeats repeats, MessageSource messages) {
        this.cases = cases;
        this.commands = commands;
        this.repeats = repeats;
        this.messages = messages;
    }

    @Override
    public Mono<ResponseEntity<dev.abendkasse.api.model.CustomerCase>> getCase(
            String caseNumber, ServerWebExchange exchange) {
        return access(caseNumber, exchange)
                .flatMap(cases::see)
                .map(CaseMapper::doneOrProblem)
                .map(file -> ResponseEntity.ok(toContract(file, Languages.of(exchange.getRequest()))));
    }

    @Override
    public Mono<ResponseEntity<dev.abendkasse.api.model.CustomerCase>> answerCase(
            String caseNumber, UUID idempotencyKey, Mono<CaseAnswer> body, ServerWebExchange exchange) {
        return body.zipWith(access(caseNumber, exchange))
                .flatMap(both -> commands.run(cases.answer(
                        both.getT2(),
                        both.getT1().getText(),
                        repeats.of("answerCase:" + both.getT2().caseNumber(), idempotencyKey, both.getT1()))))
                .map(CaseMapper::doneOrProblem)
                .map(file -> ResponseEntity.ok(toContract(file, Languages.of(exchange.getRequest()))));
    }

    private Mono<CaseAccess> access(String asTold, ServerWebExchange exchange) {
        var orderToken = Headers.optionalSecret(exchange, "Order-Token");
        var caseToken = Headers.optionalSecret(exchange, "Case-Token");
        return Headers.customer(exchange).map(customer -> {
            if (orderToken.isEmpty() && caseToken.isEmpty() && customer.isEmpty()) {
                throw new ProblemException(ProblemType.UNAUTHORIZED);
            }
            return cases.access(
                    CaseMapper.toNumber(asTold),
                    orderToken.orElse(null),
                    caseToken.orElse(null),
                    customer.orElse(null));
        });
    }

    private dev.abendkasse.api.model.CustomerCase toContract(CustomerCase file, Locale locale) {
        return new dev.abendkasse.api.model.CustomerCase()
                .caseNumber(file.caseNumber())
                .formattedNumber(new CaseNumber(file.caseNumber()).grouped())
                .state(dev.abendkasse.api.model.CaseState.valueOf(file.state().name()))
                .message(message(file, locale))
                .question(file.question())
                .orderId(file.orderId())
                .orderNumber(file.orderNumber())
                .requestedLimit(CaseMapper.money(file.requestedLimit()))
                .deadline(file.deadline())
                .createdAt(file.createdAt())
                .endedAt(file.endedAt());
    }

    private String message(CustomerCase file, Locale locale) {
        var about = file.aboutLimit() ? "limit" : "order";
        return messages.getMessage("case." + about + "." + file.state(), null, locale);
    }
}
