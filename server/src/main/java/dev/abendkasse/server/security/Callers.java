package dev.abendkasse.server.security;

import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import reactor.core.publisher.Mono;

/** Tells a web edge who is calling. Pass it on as an argument: detached work does not see the security context. */
public final class Callers {

    static final String KIND = "kind";
    static final String SCOPE = "scope";
    static final String SESSION = "sid";
    static final String VERSION = "version";

    private Callers() {}

    public static Mono<Caller> current() {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(context -> context.getAuthentication())
                .mapNotNull(authentication -> authentication.getPrincipal())
                .ofType(Jwt.class)
                .map(Callers::of)
                .defaultIfEmpty(new Caller.Anonymous());
    }

    /** How whoever works in the office is written down: the user name of staff, the client id of a program. */
    public static Mono<String> name() {
        return current().map(caller -> switch (caller) {
            case Caller.Staff staff -> staff.name();
            case Caller.Client client -> client.id();
            case Caller.Customer _, Caller.Anonymous _ -> throw new ProblemException(ProblemType.FORBIDDEN);
        });
    }

    private static Caller of(Jwt token) {
        var subject = claim(token, JwtClaimNames.SUB);
        var scopes = scopes(token);
        return switch (Kind.valueOf(claim(token, KIND))) {
            case CUSTOMER -> new Caller.Customer(new CustomerId(UUID.fromString(subject)));
            case STAFF -> new Caller.Staff(subject, scopes);
            case CLIENT -> new Caller.Client(subject, scopes);
        };
    }

    static Set<String> scopes(Jwt token) {
        return Set.of(claim(token, SCOPE).split(" "));
    }

    /** Our own issuer leaves none of them out. */
    static String claim(Jwt token, String name) {
        return Objects.requireNonNull(token.getClaimAsString(name), name);
    }

    /** Which table a subject stands in. */
    enum Kind {
        CUSTOMER,
        STAFF,
        CLIENT
    }
}
