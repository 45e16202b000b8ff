package dev.abendkasse.server.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.abendkasse.server.security.Callers.Kind;
import dev.abendkasse.server.security.domain.Standing;
import dev.abendkasse.server.security.store.AccountStore;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
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

    /** @param name of a customer, the session's id: each ends by itself */
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
        var account = account(token);
        return standing(account, version(token)).map(standing -> check(token, standing));
    }

    private static Account account(Jwt token) {
        var kind = Kind.valueOf(Callers.claim(token, Callers.KIND));
        return new Account(kind, Callers.claim(token, kind == Kind.CUSTOMER ? Callers.SESSION : JwtClaimNames.SUB));
    }

    /** A token that is newer than what is known of its account was made after a change: whoever was let in again is in. */
    private Mono<Optional<Standing>> standing(Account account, long version) {
        return known.get(account, this::keep)
                .filter(found -> found.filter(one -> !one.isOlderThan(version)).isPresent())
                .switchIfEmpty(Mono.defer(() -> {
                    var anew = keep(account);
                    known.put(account, anew);
                    return anew;
                }));
    }

    private Mono<Optional<Standing>> keep(Account account) {
        return Mono.defer(() -> read(account))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .cache(_ -> fresh, _ -> Duration.ZERO, () -> Duration.ZERO);
    }

    private Mono<Standing> read(Account account) {
        return switch (account.kind()) {
            case STAFF -> store.staffStanding(account.name());
            case CLIENT -> store.clientStanding(account.name());
            case CUSTOMER -> store.sessionStanding(UUID.fromString(account.name()));
        };
    }

    private static long version(Jwt token) {
        return token.getClaim(Callers.VERSION) instanceof Number version ? version.longValue() : 0;
    }

    private static Jwt check(Jwt token, Optional<Standing> standing) {
        return standing.filter(now -> now.admits(version(token)))
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
