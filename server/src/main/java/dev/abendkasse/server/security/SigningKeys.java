package dev.abendkasse.server.security;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import dev.abendkasse.server.signing.KeyRing;
import dev.abendkasse.server.signing.KeyRings;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The keys that sign access tokens. */
@Component
class SigningKeys {

    private final KeyRing ring;

    SigningKeys(KeyRings rings) {
        this.ring = rings.of("access-token");
    }

    /** The key to sign with, private part included. */
    Mono<ECKey> active() {
        return ring.active();
    }

    /** The public keys that a token with this key id may be signed with. */
    Flux<JWK> publicKeys(String keyId) {
        return ring.publicKeys()
                .flatMapIterable(keys -> keys)
                .filter(key -> key.getKeyID().equals(keyId))
                .cast(JWK.class);
    }
}
