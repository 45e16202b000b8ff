package dev.abendkasse.server.customer.web;

import dev.abendkasse.api.model.AccountReceipt;
import dev.abendkasse.api.model.EmailChange;
import dev.abendkasse.api.model.OwnPassword;
import dev.abendkasse.api.model.Profile;
import dev.abendkasse.api.model.Registration;
import dev.abendkasse.api.model.RegistrationReceipt;
import dev.abendkasse.api.model.Session;
import dev.abendkasse.server.customer.Customers;
import dev.abendkasse.server.customer.OwnAccount;
import dev.abendkasse.server.customer.Registrations;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Languages;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The part of {@link AccountController} that is about having an account, rather than about getting in. */
@Component
class OwnAccounts {

    private final Registrations registrations;
    private final OwnAccount accounts;
    private final Customers customers;
    private final SignInGuard guard;
    private final MessageSource messages;

    OwnAccounts(
            Registrations registrations,
            OwnAccount accounts,
            Customers customers,
            SignInGuard guard,
            MessageSource messages) {
        this.registrations = registrations;
        this.accounts = accounts;
        this.customers = customers;
        this.guard = guard;
        this.messages = messages;
    }

    Mono<ResponseEntity<RegistrationReceipt>> register(Registration body, ServerWebExchange exchange) {
        var registration = AccountMapper.toRegistration(body);
        var language = Languages.of(exchange.getRequest());
        return guard.guarded(exchange, body.getEmail(), registrations.register(registration, language))
                .then(Mono.fromSupplier(() ->
                        ResponseEntity.accepted().body(new RegistrationReceipt(text("account.registered", exchange)))));
    }

    /** A token may outlive its account. */
    Mono<ResponseEntity<Profile>> profile(CustomerId customer) {
        return customers
                .byId(customer)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.UNAUTHORIZED)))
                .map(profile -> ResponseEntity.ok(AccountMapper.toContract(profile)));
    }

    Mono<ResponseEntity<Session>> changePassword(CustomerId customer, OwnPassword body, ServerWebExchange exchange) {
        return guard.guarded(
                        exchange,
                        customer.value().toString(),
                        accounts.changePassword(customer, body.getCurrentPassword(), body.getPassword()))
                .map(AccountMapper::toSession);
    }

    Mono<ResponseEntity<AccountReceipt>> changeEmail(
            CustomerId customer, EmailChange body, ServerWebExchange exchange) {
        var email = AccountMapper.toEmail(body.getEmail());
        return guard.guarded(
                        exchange,
                        customer.value().toString(),
                        accounts.changeEmail(customer, body.getCurrentPassword(), email))
                .then(Mono.fromSupplier(() -> receipt("account.email-asked", exchange)));
    }

    Mono<ResponseEntity<AccountReceipt>> requestProof(CustomerId customer, ServerWebExchange exchange) {
        return guard.run(accounts.requestProof(customer))
                .then(Mono.fromSupplier(() -> receipt("account.proof-asked", exchange)));
    }

    ResponseEntity<AccountReceipt> receipt(String message, ServerWebExchange exchange) {
        return ResponseEntity.status(HttpStatus.ACCEPTED).body(new AccountReceipt(text(message, exchange)));
    }

    private String text(String message, ServerWebExchange exchange) {
        return messages.getMessage(message, null, Languages.of(exchange.getRequest()));
    }
}
