package dev.abendkasse.server.security;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Plays the issuer that an organisation already has. */
final class OidcIssuer {

    private static final String DISCOVERY = "/realm/.well-known/openid-configuration";
    private static final String KEYS = "/realm/keys";
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    final RSAKey rsa;
    final ECKey ec;

    private final WireMockExtension wire;

    OidcIssuer(WireMockExtension wire) throws JOSEException {
        this.wire = wire;
        this.rsa = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
        this.ec = new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
    }

    String uri() {
        return wire.baseUrl() + "/realm";
    }

    void goUp(JWK... keys) {
        wire.stubFor(get(DISCOVERY)
                .willReturn(
                        okJson("{\"issuer\": \"%s\", \"jwks_uri\": \"%s\"}".formatted(uri(), wire.baseUrl() + KEYS))));
        wire.stubFor(get(KEYS).willReturn(okJson(new JWKSet(List.of(keys)).toString(true))));
    }

    void goDown() {
        wire.stubFor(get(DISCOVERY).willReturn(serverError()));
        wire.stubFor(get(KEYS).willReturn(serverError()));
    }

    int timesAsked() {
        return wire.findAll(getRequestedFor(urlEqualTo(DISCOVERY))).size();
    }

    /** What it says of somebody who may do what this role may. */
    JWTClaimsSet.Builder claims(String name, String... roles) {
        return new JWTClaimsSet.Builder()
                .issuer(uri())
                .audience(List.of("another", "abendkasse-api"))
                .subject("8d1f3c52")
                .claim("preferred_username", name)
                .claim("realm_access", Map.of("roles", List.of(roles)))
                .issueTime(new Date())
                .expirationTime(Date.from(Instant.now().plus(LIFETIME)));
    }

    String token(String name, String... roles) {
        return sign(rsa, claims(name, roles));
    }

    String token(UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign(rsa, change.apply(claims("clerk", "cashier")));
    }

    static String sign(JWK key, JWTClaimsSet.Builder claims) {
        var algorithm = key instanceof RSAKey ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256;
        var header = new JWSHeader.Builder(algorithm)
                .keyID(key.getKeyID())
                .type(new JOSEObjectType("at+jwt"))
                .build();
        try {
            return sign(
                    header, claims, key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner((ECKey) key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sign(JWSHeader header, JWTClaimsSet.Builder claims, JWSSigner signer) {
        try {
            var token = new SignedJWT(header, claims.build());
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
