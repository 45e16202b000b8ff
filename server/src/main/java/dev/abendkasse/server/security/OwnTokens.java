package dev.abendkasse.server.security;

import com.nimbusds.jose.jwk.JWK;
import java.util.List;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads the tokens that {@link Tokens} makes, and no others. */
@Component
class OwnTokens {

    private final NimbusReactiveJwtDecoder decoder;
    private final Standings standings;

    OwnTokens(SigningKeys keys, Standings standings, SecurityProperties properties) {
        this.standings = standings;
        decoder = NimbusReactiveJwtDecoder.withJwkSource(
                        token -> keys.publicKey(String.valueOf(token.getHeader().getKeyID()))
                                .flatMap(Mono::justOrEmpty)
                                .cast(JWK.class)
                                .flux())
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(properties.issuer()),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(Tokens.AUDIENCE))));
    }

    Mono<Jwt> decode(String token) {
        return decoder.decode(token).flatMap(standings::check);
    }
}
