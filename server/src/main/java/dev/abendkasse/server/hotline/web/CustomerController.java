package dev.abendkasse.server.hotline.web;

import dev.abendkasse.api.CustomersApi;
import dev.abendkasse.api.model.CustomerFile;
import dev.abendkasse.api.model.CustomerLockReason;
import dev.abendkasse.api.model.CustomerSearch;
import dev.abendkasse.api.model.CustomerSearchResult;
import dev.abendkasse.server.hotline.AccountDesk;
import dev.abendkasse.server.hotline.CustomerSearches;
import dev.abendkasse.server.hotline.domain.AccountResult;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class CustomerController implements CustomersApi {

    private final CustomerSearches searches;
    private final AccountDesk desk;
    private final CustomerSearchMapper mapper;
    private final Commands commands;

    CustomerController(CustomerSearches searches, AccountDesk desk, CustomerSearchMapper mapper, Commands commands) {
        this.searches = searches;
        this.desk = desk;
        this.mapper = mapper;
        this.commands = commands;
    }

    @Override
    public Mono<ResponseEntity<CustomerSearchResult>> searchCustomers(
            Mono<CustomerSearch> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name(), mapper::toSearch)
                .flatMap(search -> commands.run(searches.find(search))
                        .map(found -> ResponseEntity.ok(CustomerViews.toResult(found, search.limit() - 1))));
    }

    @Override
    public Mono<ResponseEntity<CustomerFile>> getCustomer(UUID customerId, ServerWebExchange exchange) {
        return Callers.name()
                .flatMap(by -> commands.run(searches.open(new CustomerId(customerId), by)))
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.CUSTOMER_NOT_FOUND)))
                .map(file -> ResponseEntity.ok(CustomerViews.toContract(file)));
    }

    @Override
    public Mono<ResponseEntity<CustomerFile>> lockCustomer(
            UUID customerId, Mono<CustomerLockReason> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name(), (why, by) -> desk.lock(new CustomerId(customerId), why.getReason(), by))
                .flatMap(this::answer);
    }

    @Override
    public Mono<ResponseEntity<CustomerFile>> unlockCustomer(
            UUID customerId, Mono<CustomerLockReason> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name(), (why, by) -> desk.unlock(new CustomerId(customerId), why.getReason(), by))
                .flatMap(this::answer);
    }

    @Override
    public Mono<ResponseEntity<CustomerFile>> sendClaim(UUID customerId, ServerWebExchange exchange) {
        return send(by -> desk.sendClaim(new CustomerId(customerId), by));
    }

    @Override
    public Mono<ResponseEntity<CustomerFile>> sendReset(UUID customerId, ServerWebExchange exchange) {
        return send(by -> desk.sendReset(new CustomerId(customerId), by));
    }

    private Mono<ResponseEntity<CustomerFile>> send(Function<String, Mono<AccountResult>> command) {
        return Callers.name().map(command).flatMap(this::answer);
    }

    private Mono<ResponseEntity<CustomerFile>> answer(Mono<AccountResult> command) {
        return commands.run(command)
                .map(CustomerViews::doneOrProblem)
                .map(file -> ResponseEntity.ok(CustomerViews.toContract(file)));
    }
}
