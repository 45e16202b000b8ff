package dev.abendkasse.server.security;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/** Reads the tokens that {@link Tokens} makes, and no others. */
@Configuration(proxyBeanMethods = false)
class TokenDecoder {

    @Bean
    ReactiveJwtDecoder jwtDecoder(SigningKeys keys, SecurityProperties properties) {
        var decoder = NimbusReactiveJwtDecoder.withJwkSource(token ->
                        keys.publicKeys(String.valueOf(token.getHeader().getKeyID())))
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(properties.issuer()),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(Tokens.AUDIENCE))));
        return decoder;
    }
}
