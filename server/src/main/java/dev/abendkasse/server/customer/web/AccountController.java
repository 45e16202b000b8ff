package dev.abendkasse.server.customer.web;

import dev.abendkasse.api.AccountsApi;
import dev.abendkasse.api.model.AccountReceipt;
import dev.abendkasse.api.model.EmailChange;
import dev.abendkasse.api.model.LinkPassword;
import dev.abendkasse.api.model.LinkToken;
import dev.abendkasse.api.model.Login;
import dev.abendkasse.api.model.OwnPassword;
import dev.abendkasse.api.model.Profile;
import dev.abendkasse.api.model.Registration;
import dev.abendkasse.api.model.RegistrationReceipt;
import dev.abendkasse.api.model.Session;
import dev.abendkasse.api.model.SessionRenewal;
import dev.abendkasse.api.model.SignInLinkRequest;
import dev.abendkasse.server.customer.AccountLinks;
import dev.abendkasse.server.customer.Sessions;
import dev.abendkasse.server.customer.SignIn;
import dev.abendkasse.server.customer.WaysIn;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Headers;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class AccountController implements AccountsApi {

    private final SignIn signIn;
    private final Sessions sessions;
    private final WaysIn waysIn;
    private final AccountLinks links;
    private final OwnAccounts own;
    private final SignInGuard guard;

    AccountController(
            SignIn signIn, Sessions sessions, WaysIn waysIn, AccountLinks links, OwnAccounts own, SignInGuard guard) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.waysIn = waysIn;
        this.links = links;
        this.own = own;
        this.guard = guard;
    }

    @Override
    public Mono<ResponseEntity<RegistrationReceipt>> register(Mono<Registration> body, ServerWebExchange exchange) {
        return body.flatMap(registration -> own.register(registration, exchange));
    }

    @Override
    public Mono<ResponseEntity<Session>> login(Mono<Login> body, ServerWebExchange exchange) {
        return body.flatMap(login -> guard.guarded(
                        exchange,
                        login.getEmail(),
                        signIn.login(login.getEmail(), login.getPassword(), AccountMapper.toCart(login.getCart()))))
                .map(AccountMapper::toSession);
    }

    @Override
    public Mono<ResponseEntity<Session>> refreshSession(Mono<SessionRenewal> body, ServerWebExchange exchange) {
        return body.map(SessionRenewal::getRefreshToken)
                .flatMap(token -> guard.counted(exchange, sessions.sessionOf(token), sessions.renew(token)))
                .map(AccountMapper::toSession);
    }

    @Override
    public Mono<ResponseEntity<Void>> logout(Mono<SessionRenewal> body, ServerWebExchange exchange) {
        return body.map(SessionRenewal::getRefreshToken)
                .flatMap(token -> guard.counted(exchange, sessions.sessionOf(token), sessions.end(token)))
                .thenReturn(ResponseEntity.noContent().build());
    }

    @Override
    public Mono<ResponseEntity<Void>> revokeSessions(ServerWebExchange exchange) {
        return customer(exchange)
                .flatMap(customer -> guard.run(sessions.endAll(customer)))
                .thenReturn(ResponseEntity.noContent().build());
    }

    @Override
    public Mono<ResponseEntity<AccountReceipt>> requestSignInLink(
            Mono<SignInLinkRequest> body, ServerWebExchange exchange) {
        return body.flatMap(asked -> guard.guarded(
                        exchange,
                        asked.getEmail(),
                        waysIn.ask(asked.getEmail(), AccountMapper.toCart(asked.getCart()))))
                .then(Mono.fromSupplier(() -> own.receipt("account.link-asked", exchange)));
    }

    @Override
    public Mono<ResponseEntity<Session>> setPassword(Mono<LinkPassword> body, ServerWebExchange exchange) {
        return body.flatMap(link -> guard.held(
                        exchange,
                        guard.run(links.setPassword(
                                link.getToken(), link.getPassword(), AccountMapper.toCart(link.getCart())))))
                .map(AccountMapper::toSession);
    }

    @Override
    public Mono<ResponseEntity<Void>> confirmEmail(Mono<LinkToken> body, ServerWebExchange exchange) {
        return body.map(LinkToken::getToken)
                .flatMap(token -> guard.counted(exchange, links.linkOf(token), links.confirmEmail(token)))
                .thenReturn(ResponseEntity.noContent().build());
    }

    @Override
    public Mono<ResponseEntity<Void>> revertEmail(Mono<LinkToken> body, ServerWebExchange exchange) {
        return body.map(LinkToken::getToken)
                .flatMap(token -> guard.counted(exchange, links.linkOf(token), links.revertEmail(token)))
                .thenReturn(ResponseEntity.noContent().build());
    }

    @Override
    public Mono<ResponseEntity<Profile>> getMe(ServerWebExchange exchange) {
        return customer(exchange).flatMap(own::profile);
    }

    @Override
    public Mono<ResponseEntity<Session>> changePassword(Mono<OwnPassword> body, ServerWebExchange exchange) {
        return customer(exchange)
                .flatMap(customer -> body.flatMap(change -> own.changePassword(customer, change, exchange)));
    }

    @Override
    public Mono<ResponseEntity<AccountReceipt>> changeEmail(Mono<EmailChange> body, ServerWebExchange exchange) {
        return customer(exchange)
                .flatMap(customer -> body.flatMap(change -> own.changeEmail(customer, change, exchange)));
    }

    @Override
    public Mono<ResponseEntity<AccountReceipt>> requestEmailProof(ServerWebExchange exchange) {
        return customer(exchange).flatMap(customer -> own.requestProof(customer, exchange));
    }

    private static Mono<CustomerId> customer(ServerWebExchange exchange) {
        return Headers.customer(exchange)
                .flatMap(Mono::justOrEmpty)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.UNAUTHORIZED)));
    }
}
