package dev.abendkasse.server.security;

import com.nimbusds.jose.jwk.JWKSet;
import reactor.core.publisher.Mono;

/** Asks the issuer that staff sign in with for its keys. */
public interface IssuerKeys {

    Mono<JWKSet> fetch();
}
