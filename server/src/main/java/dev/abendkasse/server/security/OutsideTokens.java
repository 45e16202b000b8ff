package dev.abendkasse.server.security;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSecurityContextJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWKSecurityContext;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the tokens of the issuer that staff sign in with, where one is set. */
@Component
class OutsideTokens {

    /** Signed with a private key: a secret shared with the issuer is not known here, and its public key is none. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

    private final OutsideKeys keys;
    private final OidcProperties properties;
    private final NimbusReactiveJwtDecoder decoder;

    OutsideTokens(OutsideKeys keys, OidcProperties properties, SecurityProperties security) {
        check(properties, security);
        this.keys = keys;
        this.properties = properties;
        this.decoder = NimbusReactiveJwtDecoder.withJwkSource(_ -> Flux.fromIterable(keys.keys()))
                .jwtProcessorCustomizer(OutsideTokens::expect)
                .build();
        decoder.setClaimSetConverter(new OutsideClaims(properties));
        decoder.setJwtValidator(validator(properties));
    }

    /** Whether this one says that it is from there. */
    boolean claims(JWT token) {
        try {
            return properties.issuerUri() != null
                    && properties.issuerUri().equals(token.getJWTClaimsSet().getIssuer());
        } catch (ParseException e) {
            return false;
        }
    }

    Mono<Jwt> decode(String token, JWT parsed) {
        var known = parsed instanceof SignedJWT signed
                        && ALGORITHMS.contains(signed.getHeader().getAlgorithm())
                ? keys.expect(signed.getHeader().getKeyID())
                : Mono.<Void>empty();
        return known.then(Mono.defer(() -> decoder.decode(token)));
    }

    private static void expect(ConfigurableJWTProcessor<JWKSecurityContext> processor) {
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new JWKSecurityContextJWKSet()));
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, ACCESS_TOKEN, null));
    }

    private static OAuth2TokenValidator<Jwt> validator(OidcProperties properties) {
        return new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(),
                new JwtIssuerValidator(String.valueOf(properties.issuerUri())),
                new JwtClaimValidator<>(JwtClaimNames.EXP, Objects::nonNull),
                new JwtClaimValidator<>(JwtClaimNames.SUB, Objects::nonNull),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, all -> all != null && all.contains(properties.audience())));
    }

    private static void check(OidcProperties properties, SecurityProperties security) {
        if (security.issuer().equals(properties.issuerUri())) {
            throw new IllegalStateException("abendkasse.security.oidc.issuer-uri is the name of the built-in issuer");
        }
        properties.roles().forEach((role, scopes) -> {
            if (!OutsideClaims.STAFF_SCOPES.containsAll(scopes)) {
                throw new IllegalStateException("abendkasse.security.oidc.roles gives " + role
                        + " something else than scopes of staff: " + scopes);
            }
        });
    }
}
