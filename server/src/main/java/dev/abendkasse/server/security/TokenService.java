package dev.abendkasse.server.security;

import dev.abendkasse.server.security.domain.ApiClient;
import dev.abendkasse.server.security.domain.StaffAccount;
import dev.abendkasse.server.security.domain.TokenRefusal;
import java.util.Set;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Issues access tokens to staff and programs. */
@Service
public class TokenService {

    private final StaffAccounts staff;
    private final ApiClients clients;
    private final Tokens tokens;

    TokenService(StaffAccounts staff, ApiClients clients, Tokens tokens) {
        this.staff = staff;
        this.clients = clients;
        this.tokens = tokens;
    }

    public Mono<TokenOutcome> issue(TokenRequest request) {
        return switch (request) {
            case TokenRequest.ForStaff(var name, var password, var scopes) ->
                staff.signIn(name, password)
                        .flatMap(account -> forStaff(account, scopes))
                        .defaultIfEmpty(new TokenOutcome.Refused(TokenRefusal.INVALID_GRANT));
            case TokenRequest.ForClient(var id, var secret, var scopes) ->
                clients.signIn(id, secret)
                        .flatMap(client -> forClient(client, scopes))
                        .defaultIfEmpty(new TokenOutcome.Refused(TokenRefusal.INVALID_CLIENT));
        };
    }

    private Mono<TokenOutcome> forStaff(StaffAccount account, Set<String> asked) {
        return account.scopes().containsAll(asked)
                ? tokens.forStaff(account.userName(), account.version(), granted(account.scopes(), asked))
                        .map(TokenOutcome.Issued::new)
                : beyondScope();
    }

    private Mono<TokenOutcome> forClient(ApiClient client, Set<String> asked) {
        return client.scopes().containsAll(asked)
                ? tokens.forClient(client.clientId(), client.version(), granted(client.scopes(), asked))
                        .map(TokenOutcome.Issued::new)
                : beyondScope();
    }

    private static Set<String> granted(Set<String> held, Set<String> asked) {
        return asked.isEmpty() ? held : asked;
    }

    private static Mono<TokenOutcome> beyondScope() {
        return Mono.just(new TokenOutcome.Refused(TokenRefusal.INVALID_SCOPE));
    }
}
