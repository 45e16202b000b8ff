package dev.abendkasse.server.security;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.util.Optional;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads access tokens: each as its issuer's are read, the built-in one's or that of the staff's own, if there is one. */
@Component
class IncomingTokens implements ReactiveJwtDecoder {

    private final OwnTokens own;
    private final OutsideTokens outside;

    IncomingTokens(OwnTokens own, OutsideTokens outside) {
        this.own = own;
        this.outside = outside;
    }

    @Override
    public Mono<Jwt> decode(String token) {
        return Mono.justOrEmpty(parsed(token))
                .filter(outside::claims)
                .flatMap(jwt -> outside.decode(token, jwt))
                .switchIfEmpty(Mono.defer(() -> own.decode(token)));
    }

    /** Nothing in it is believed yet. */
    private static Optional<JWT> parsed(String token) {
        try {
            return Optional.of(JWTParser.parse(token));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }
}
