package dev.abendkasse.server.cases.web;

import dev.abendkasse.api.CasesApi;
import dev.abendkasse.api.model.CaseApproval;
import dev.abendkasse.api.model.CaseAssignment;
import dev.abendkasse.api.model.CaseAttention;
import dev.abendkasse.api.model.CaseComment;
import dev.abendkasse.api.model.CaseFile;
import dev.abendkasse.api.model.CaseFilePage;
import dev.abendkasse.api.model.CaseKind;
import dev.abendkasse.api.model.CaseQuestion;
import dev.abendkasse.api.model.CaseRejection;
import dev.abendkasse.api.model.CaseSettlement;
import dev.abendkasse.api.model.CaseState;
import dev.abendkasse.server.cases.CaseService;
import dev.abendkasse.server.cases.domain.CaseCommand;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Languages;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class CaseController implements CasesApi {

    private final CaseService cases;
    private final CaseRequests requests;
    private final CaseMapper mapper;
    private final Commands commands;

    CaseController(CaseService cases, CaseRequests requests, CaseMapper mapper, Commands commands) {
        this.cases = cases;
        this.requests = requests;
        this.mapper = mapper;
        this.commands = commands;
    }

    @Override
    public Mono<ResponseEntity<CaseFilePage>> listCases(
            @Nullable CaseKind kind,
            @Nullable CaseState state,
            @Nullable CaseAttention attention,
            @Nullable String assignee,
            @Nullable Boolean assigned,
            @Nullable Instant openedBefore,
            @Nullable UUID incidentId,
            @Nullable String cursor,
            Integer limit,
            ServerWebExchange exchange) {
        var search = CaseRequests.search(kind, state, attention, assignee, assigned, openedBefore, incidentId, cursor);
        return cases.list(search, limit)
                .map(page -> mapper.toPage(page, Languages.of(exchange.getRequest())))
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<CaseFile>> getCaseForStaff(String caseNumber, ServerWebExchange exchange) {
        var number = CaseMapper.toNumber(caseNumber);
        return Callers.name()
                .flatMap(by -> commands.run(cases.find(number, by)))
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.CASE_NOT_FOUND)))
                .map(file -> mapper.answer(file, Languages.of(exchange.getRequest())));
    }

    @Override
    public Mono<ResponseEntity<CaseFile>> assignCase(
            String caseNumber, String ifMatch, Mono<CaseAssignment> body, ServerWebExchange exchange) {
        return run(body, exchange, (request, by) -> requests.assign(caseNumber, ifMatch, request, by));
    }

    @Override
    public Mono<ResponseEntity<CaseFile>> commentOnCase(
            String caseNumber, UUID idempotencyKey, Mono<CaseComment> body, ServerWebExchange exchange) {
        return run(body, exchange, (request, by) -> requests.comment(caseNumber, idempotencyKey, request, by));
    }

    @Override
    public Mono<ResponseEntity<CaseFile>> askCustomer(
            String caseNumber,
            UUID idempotencyKey,
            String ifMatch,
            Mono<CaseQuestion> body,
            ServerWebExchange exchange) {
        return run(body, exchange, (request, by) -> requests.ask(caseNumber, idempotencyKey, ifMatch, request, by));
    }

    @Override
    public Mono<ResponseEntity<CaseFile>> approveCase(
            String caseNumber,
            UUID idempotencyKey,
            String ifMatch,
            Mono<CaseApproval> body,
            ServerWebExchange exchange) {
        return run(body, exchange, (request, by) -> requests.approve(caseNumber, idempotencyKey, ifMatch, request, by));
    }

    @Override
    public Mono<ResponseEntity<CaseFile>> rejectCase(
            String caseNumber,
            UUID idempotencyKey,
            String ifMatch,
            Mono<CaseRejection> body,
            ServerWebExchange exchange) {
        return run(body, exchange, (request, by) -> requests.reject(caseNumber, idempotencyKey, ifMatch, request, by));
    }

    @Override
    public Mono<ResponseEntity<CaseFile>> settleCase(
            String caseNumber,
            UUID idempotencyKey,
            String ifMatch,
            Mono<CaseSettlement> body,
            ServerWebExchange exchange) {
        return run(body, exchange, (request, by) -> requests.settle(caseNumber, idempotencyKey, ifMatch, request, by));
    }

    private <R> Mono<ResponseEntity<CaseFile>> run(
            Mono<R> body, ServerWebExchange exchange, BiFunction<R, String, CaseCommand> command) {
        return body.zipWith(Callers.name(), command)
                .flatMap(wanted -> commands.run(cases.execute(wanted)))
                .map(CaseMapper::doneOrProblem)
                .map(file -> mapper.answer(file, Languages.of(exchange.getRequest())));
    }
}
