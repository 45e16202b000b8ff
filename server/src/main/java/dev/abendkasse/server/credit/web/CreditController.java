package dev.abendkasse.server.credit.web;

import dev.abendkasse.api.CreditApi;
import dev.abendkasse.api.model.CreditAccount;
import dev.abendkasse.api.model.CreditEntryPage;
import dev.abendkasse.api.model.CreditLimitChange;
import dev.abendkasse.api.model.CreditLimitChangePage;
import dev.abendkasse.server.credit.CreditHistory;
import dev.abendkasse.server.credit.CreditService;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.TimeCursors;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class CreditController implements CreditApi {

    private final CreditService credit;
    private final CreditHistory history;
    private final CreditMapper mapper;
    private final Commands commands;

    CreditController(CreditService credit, CreditHistory history, CreditMapper mapper, Commands commands) {
        this.credit = credit;
        this.history = history;
        this.mapper = mapper;
        this.commands = commands;
    }

    @Override
    public Mono<ResponseEntity<CreditAccount>> getCreditAccount(UUID customerId, ServerWebExchange exchange) {
        return Callers.name()
                .flatMap(by -> commands.run(credit.find(new CustomerId(customerId), by)))
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.CUSTOMER_NOT_FOUND)))
                .map(this::answer);
    }

    @Override
    public Mono<ResponseEntity<CreditAccount>> setCreditLimit(
            UUID customerId, String ifMatch, Mono<CreditLimitChange> body, ServerWebExchange exchange) {
        var version = Objects.requireNonNull(Headers.version(ifMatch));
        return body.zipWith(Callers.name(), (change, by) -> mapper.toDomain(customerId, version, change, by))
                .flatMap(limit -> commands.run(credit.set(limit)))
                .map(mapper::changedOrProblem)
                .map(this::answer);
    }

    @Override
    public Mono<ResponseEntity<CreditEntryPage>> listCreditEntries(
            UUID customerId, @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        var after = TimeCursors.read(cursor, Long::valueOf);
        return Callers.name()
                .flatMap(by -> commands.run(history.entries(new CustomerId(customerId), after, limit, by)))
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.CUSTOMER_NOT_FOUND)))
                .map(page -> ResponseEntity.ok(CreditMapper.toEntries(page)));
    }

    @Override
    public Mono<ResponseEntity<CreditLimitChangePage>> listCreditLimitChanges(
            UUID customerId, @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        var after = TimeCursors.read(cursor, Long::valueOf);
        return Callers.name()
                .flatMap(by -> commands.run(history.changes(new CustomerId(customerId), after, limit, by)))
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.CUSTOMER_NOT_FOUND)))
                .map(page -> ResponseEntity.ok(mapper.toChanges(page)));
    }

    private ResponseEntity<CreditAccount> answer(dev.abendkasse.server.credit.domain.CreditAccount account) {
        return ResponseEntity.ok().eTag(Headers.etag(account.version())).body(mapper.toContract(account));
    }
}
