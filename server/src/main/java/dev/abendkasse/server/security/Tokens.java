package dev.abendkasse.server.security;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import dev.abendkasse.server.security.Callers.Kind;
import dev.abendkasse.server.shared.CustomerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The built-in issuer of access tokens. */
@Component
public class Tokens {

    static final String AUDIENCE = "abendkasse-api";

    private static final String CUSTOMER_SCOPE = "customer";
    private static final long ONLY_VERSION = 1;

    private final SigningKeys keys;
    private final SecurityProperties properties;

    Tokens(SigningKeys keys, SecurityProperties properties) {
        this.keys = keys;
        this.properties = properties;
    }

    /** Worth something as long as the session is. */
    public Mono<IssuedToken> forCustomer(CustomerId customer, UUID session) {
        var lifetime = properties.customerTokenLifetime();
        var scopes = Set.of(CUSTOMER_SCOPE);
        return keys.active()
                .map(key -> sign(
                        key,
                        claims(Kind.CUSTOMER, customer.value().toString(), ONLY_VERSION, scopes, lifetime)
                                .claim(Callers.SESSION, session.toString())
                                .build()))
                .map(token -> new IssuedToken(token, lifetime, scopes));
    }

    Mono<IssuedToken> forStaff(String userName, long version, Set<String> scopes) {
        return issue(Kind.STAFF, userName, version, scopes, properties.tokenLifetime());
    }

    Mono<IssuedToken> forClient(String clientId, long version, Set<String> scopes) {
        return issue(Kind.CLIENT, clientId, version, scopes, properties.tokenLifetime());
    }

    private Mono<IssuedToken> issue(Kind kind, String subject, long version, Set<String> scopes, Duration lifetime) {
        return keys.active()
                .map(key -> sign(
                        key, claims(kind, subject, version, scopes, lifetime).build()))
                .map(token -> new IssuedToken(token, lifetime, scopes));
    }

    /** Tokens carry the server's own clock, which also judges them; nothing else depends on it. */
    private JwtClaimsSet.Builder claims(
            Kind kind, String subject, long version, Set<String> scopes, Duration lifetime) {
        var now = Instant.now();
        return JwtClaimsSet.builder()
                .id(UUID.randomUUID().toString())
                .issuer(properties.issuer())
                .audience(List.of(AUDIENCE))
                .subject(subject)
                .issuedAt(now)
                .expiresAt(now.plus(lifetime))
                .claim(Callers.KIND, kind.name())
                .claim(Callers.VERSION, version)
                .claim(Callers.SCOPE, String.join(" ", new TreeSet<>(scopes)));
    }

    private static String sign(ECKey key, JwtClaimsSet claims) {
        var header =
                JwsHeader.with(SignatureAlgorithm.ES256).keyId(key.getKeyID()).build();
        return new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(key)))
                .encode(JwtEncoderParameters.from(header, claims))
                .getTokenValue();
    }
}
