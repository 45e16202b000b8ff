package dev.abendkasse.server.signing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.signing.domain.StoredKey;
import dev.abendkasse.server.signing.store.SigningKeyStore;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * The keys of one purpose: the first is made when it is needed, the same for every replica. Another replica notices a new
 * one within a minute.
 */
public final class KeyRing {

    private static final String SEALED_FOR = "signing-key";
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration VERY_FRESH = Duration.ofSeconds(2);

    private final String purpose;
    private final SigningKeyStore store;
    private final Secrets secrets;
    private final TransactionalOperator transaction;
    private volatile Keys keys = new Keys();

    KeyRing(String purpose, SigningKeyStore store, Secrets secrets, TransactionalOperator transaction) {
        this.purpose = purpose;
        this.store = store;
        this.secrets = secrets;
        this.transaction = transaction;
    }

    /** What has been read, for a while. */
    private final class Keys {
        private final Mono<List<StoredKey>> stored = fresh(Mono.defer(KeyRing.this::readOrMake), FRESH);
        private final Mono<ECKey> active = fresh(stored.map(List::getFirst).map(KeyRing.this::open), FRESH);
        private final Mono<List<ECKey>> published = fresh(stored.map(KeyRing::published), FRESH);
        private final Mono<List<ECKey>> latest =
                fresh(Mono.defer(() -> store.all(purpose).collectList()).map(KeyRing::published), VERY_FRESH);

        private static <T> Mono<T> fresh(Mono<T> read, Duration time) {
            return read.cache(_ -> time, _ -> Duration.ZERO, () -> Duration.ZERO);
        }
    }

    /** The key to sign with, private part included. */
    public Mono<ECKey> active() {
        return Mono.defer(() -> keys.active);
    }

    /** What may have been signed with, the active key first. */
    public Mono<List<ECKey>> publicKeys() {
        return Mono.defer(() -> keys.published);
    }

    /** The same, read anew: for whoever meets a key that another replica may just have made. */
    public Mono<List<ECKey>> latestPublicKeys() {
        return Mono.defer(() -> keys.latest);
    }

    /**
     * Makes another key the active one; what was signed before can still be checked.
     *
     * @param also what is done in the same transaction
     */
    public Mono<List<ECKey>> rotate(Mono<Void> also) {
        return store.retire(purpose)
                .then(Mono.defer(() -> store.insertUnlessActive(purpose, seal(newKey()))))
                .then(also)
                .as(transaction::transactional)
                .then(Mono.fromRunnable(() -> keys = new Keys()))
                .then(publicKeys());
    }

    /** Of replicas that start at once the first one's key stays; the others read it. */
    private Mono<List<StoredKey>> readOrMake() {
        return store.all(purpose)
                .collectList()
                .filter(all -> all.stream().anyMatch(StoredKey::active))
                .switchIfEmpty(Mono.defer(this::makeAndRead));
    }

    private Mono<List<StoredKey>> makeAndRead() {
        return store.insertUnlessActive(purpose, seal(newKey()))
                .then(store.all(purpose).collectList());
    }

    private StoredKey seal(ECKey key) {
        var sealed = secrets.encrypt(SEALED_FOR, key.toJSONString().getBytes(StandardCharsets.UTF_8));
        return new StoredKey(key.getKeyID(), key.toPublicJWK().toJSONString(), sealed, true);
    }

    private ECKey open(StoredKey key) {
        return parse(new String(secrets.decrypt(SEALED_FOR, key.privateKey()), StandardCharsets.UTF_8));
    }

    private static List<ECKey> published(List<StoredKey> all) {
        return all.stream().map(key -> parse(key.publicKey())).toList();
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
