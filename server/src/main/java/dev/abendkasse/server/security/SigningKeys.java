package dev.abendkasse.server.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.security.domain.StoredKey;
import dev.abendkasse.server.security.store.SigningKeyStore;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The keys that sign access tokens: made at the first start, the same on every replica. */
@Component
class SigningKeys {

    private static final String PURPOSE = "signing-key";
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final SigningKeyStore store;
    private final Secrets secrets;
    private final Mono<List<StoredKey>> stored;
    private final Mono<ECKey> active;

    SigningKeys(SigningKeyStore store, Secrets secrets) {
        this.store = store;
        this.secrets = secrets;
        this.stored = Mono.defer(this::readOrMake).cache(_ -> FRESH, _ -> Duration.ZERO, () -> Duration.ZERO);
        this.active = Mono.defer(this::readActive).cache(_ -> FRESH, _ -> Duration.ZERO, () -> Duration.ZERO);
    }

    /** The key to sign with, private part included. */
    Mono<ECKey> active() {
        return active;
    }

    /** The public keys that a token with this key id may be signed with. */
    Flux<JWK> publicKeys(String keyId) {
        return stored.flatMapIterable(keys -> keys)
                .filter(key -> key.keyId().equals(keyId))
                .map(key -> parse(key.publicKey()));
    }

    private Mono<ECKey> readActive() {
        return stored.flatMapIterable(keys -> keys)
                .filter(StoredKey::active)
                .single()
                .map(this::open);
    }

    /** Of replicas that start at once the first one's key stays; the others read it. */
    private Mono<List<StoredKey>> readOrMake() {
        return store.all()
                .collectList()
                .filter(keys -> keys.stream().anyMatch(StoredKey::active))
                .switchIfEmpty(Mono.defer(this::makeAndRead));
    }

    private Mono<List<StoredKey>> makeAndRead() {
        return store.insertUnlessActive(seal(newKey())).then(store.all().collectList());
    }

    private StoredKey seal(ECKey key) {
        var sealed = secrets.encrypt(PURPOSE, key.toJSONString().getBytes(StandardCharsets.UTF_8));
        return new StoredKey(key.getKeyID(), key.toPublicJWK().toJSONString(), sealed, true);
    }

    private ECKey open(StoredKey key) {
        return parse(new String(secrets.decrypt(PURPOSE, key.privateKey()), StandardCharsets.UTF_8));
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey parse(String json) {
        try {
            return ECKey.parse(json);
        } catch (ParseException e) {
            throw new IllegalStateException("The table signing_key holds something else", e);
        }
    }
}
