package dev.abendkasse.server.customer.web;

import dev.abendkasse.api.AccountsApi;
import dev.abendkasse.api.model.Login;
import dev.abendkasse.api.model.Profile;
import dev.abendkasse.api.model.Registration;
import dev.abendkasse.api.model.RegistrationReceipt;
import dev.abendkasse.api.model.Session;
import dev.abendkasse.server.customer.AccountService;
import dev.abendkasse.server.customer.Customers;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.Languages;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class AccountController implements AccountsApi {

    private final AccountService accounts;
    private final Customers customers;
    private final SignInGuard guard;
    private final MessageSource messages;

    AccountController(AccountService accounts, Customers customers, SignInGuard guard, MessageSource messages) {
        this.accounts = accounts;
        this.customers = customers;
        this.guard = guard;
        this.messages = messages;
    }

    @Override
    public Mono<ResponseEntity<RegistrationReceipt>> register(Mono<Registration> body, ServerWebExchange exchange) {
        return body.map(AccountMapper::toRegistration)
                .delayUntil(registration ->
                        guard.admit(exchange, registration.email().typed()))
                .flatMap(accounts::register)
                .then(Mono.defer(
                        () -> guard.hold(exchange, ResponseEntity.accepted().body(receipt(exchange)))));
    }

    @Override
    public Mono<ResponseEntity<Session>> login(Mono<Login> body, ServerWebExchange exchange) {
        return body.delayUntil(login -> guard.admit(exchange, login.getEmail()))
                .flatMap(login -> accounts.login(login.getEmail(), login.getPassword()))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(token -> guard.hold(exchange, token))
                .map(token -> token.orElseThrow(() -> new ProblemException(ProblemType.LOGIN_FAILED)))
                .map(token -> ResponseEntity.ok(AccountMapper.toSession(token)));
    }

    /** A token may outlive its account. */
    @Override
    public Mono<ResponseEntity<Profile>> getMe(ServerWebExchange exchange) {
        return Headers.customer(exchange)
                .flatMap(Mono::justOrEmpty)
                .flatMap(customers::byId)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.UNAUTHORIZED)))
                .map(profile -> ResponseEntity.ok(AccountMapper.toContract(profile)));
    }

    private RegistrationReceipt receipt(ServerWebExchange exchange) {
        var locale = Languages.of(exchange.getRequest());
        return new RegistrationReceipt(messages.getMessage("account.registered", null, locale));
    }
}
