package dev.abendkasse.server.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.abendkasse.server.security.Callers.Kind;
import dev.abendkasse.server.security.domain.Standing;
import dev.abendkasse.server.security.store.AccountStore;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Whether the account behind a token may still do what the token says. Looked up anew every few seconds: so soon does
 * everyone lose what was taken from them, on every replica.
 */
@Component
class Standings {

    private static final int MAX_ACCOUNTS = 10_000;

    private record Account(Kind kind, String name) {}

    private final AccountStore store;
    private final Duration fresh;
    private final Cache<Account, Mono<Optional<Standing>>> known =
            Caffeine.newBuilder().maximumSize(MAX_ACCOUNTS).build();

    Standings(AccountStore store, TokenProperties properties) {
        this.store = store;
        this.fresh = properties.freshFor();
    }

    /** The token with the scopes that its account still has; not valid if it has no such account any more. */
    Mono<Jwt> check(Jwt token) {
        var account =
                new Account(Kind.valueOf(Callers.claim(token, Callers.KIND)), Callers.claim(token, JwtClaimNames.SUB));
        return account.kind() == Kind.CUSTOMER
                ? Mono.just(token)
                : known.get(account, this::read).map(standing -> check(token, standing));
    }

    private Mono<Optional<Standing>> read(Account account) {
        return Mono.defer(() -> switch (account.kind()) {
                    case STAFF -> store.staffStanding(account.name());
                    case CLIENT -> store.clientStanding(account.name());
                    case CUSTOMER -> Mono.<Standing>empty();
                })
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .cache(_ -> fresh, _ -> Duration.ZERO, () -> Duration.ZERO);
    }

    private static Jwt check(Jwt token, Optional<Standing> standing) {
        return standing.filter(now -> Objects.equals(token.getClaim(Callers.VERSION), now.tokenVersion()))
                .map(now -> limited(token, now.scopes()))
                .orElseThrow(() -> new BadJwtException("Its account is locked or its tokens were ended"));
    }

    private static Jwt limited(Jwt token, Set<String> held) {
        var scopes = new TreeSet<>(Callers.scopes(token));
        return held.containsAll(scopes) ? token : withScopes(token, scopes, held);
    }

    private static Jwt withScopes(Jwt token, Set<String> scopes, Set<String> held) {
        scopes.retainAll(held);
        return Jwt.withTokenValue(token.getTokenValue())
                .headers(headers -> headers.putAll(token.getHeaders()))
                .claims(claims -> claims.putAll(token.getClaims()))
                .claim(Callers.SCOPE, String.join(" ", scopes))
                .build();
    }
}
