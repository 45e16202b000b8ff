package dev.abendkasse.server.signing;

import com.nimbusds.jose.jwk.ECKey;
import dev.abendkasse.server.signing.domain.KeyTurn;
import dev.abendkasse.server.signing.domain.StoredKey;
import dev.abendkasse.server.signing.store.SigningKeyStore;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The keys of one purpose: the first is made when it is needed, the same for every replica. Another replica notices a new
 * one within the time that the terms state.
 */
public final class KeyRing {

    private static final Duration VERY_FRESH = Duration.ofSeconds(2);
    private static final String NOBODY = "abendkasse";

    private final KeyTerms terms;
    private final SigningKeyStore store;
    private final SealedKeys sealed;
    private volatile Keys keys;

    KeyRing(KeyTerms terms, SigningKeyStore store, SealedKeys sealed) {
        this.terms = terms;
        this.store = store;
        this.sealed = sealed;
        this.keys = new Keys();
    }

    /** What has been read, for a while. */
    private final class Keys {
        private final Mono<List<StoredKey>> stored = fresh(Mono.defer(KeyRing.this::readOrMake), terms.fresh());
        private final Mono<ECKey> active = fresh(stored.map(List::getFirst).map(KeyRing.this::open), terms.fresh());
        private final Mono<List<ECKey>> published = fresh(stored.map(KeyRing::published), terms.fresh());
        private final Mono<List<ECKey>> latest =
                fresh(Mono.defer(KeyRing.this::read).map(KeyRing::published), VERY_FRESH);

        private static <T> Mono<T> fresh(Mono<T> read, Duration time) {
            return read.cache(_ -> time, _ -> Duration.ZERO, () -> Duration.ZERO);
        }
    }

    /** The key to sign with, private part included. */
    public Mono<ECKey> active() {
        return Mono.defer(() -> keys.active);
    }

    /** What may have been signed with, the active key first; and what soon will be, where that is published ahead. */
    public Mono<List<ECKey>> publicKeys() {
        return Mono.defer(() -> keys.published);
    }

    /** The same, read anew: for whoever meets a key that another replica may just have made. */
    public Mono<List<ECKey>> latestPublicKeys() {
        return Mono.defer(() -> keys.latest);
    }

    /** Everything that is remembered of the keys, the latest first. */
    public Flux<KeyRecord> records() {
        return store.all(terms.purpose())
                .map(key -> new KeyRecord(
                        key.keyId(),
                        KeyRecord.State.valueOf(key.state()),
                        key.createdAt(),
                        key.activatedAt(),
                        key.endedAt()));
    }

    /** Makes another key the active one; what was signed before can still be checked. */
    public Mono<List<ECKey>> rotate() {
        return rotate(NOBODY);
    }

    /** The same in somebody's name. */
    public Mono<List<ECKey>> rotate(String by) {
        return turn(turn(by, true, null, null)).then(publicKeys());
    }

    /** The same if the active key has signed for so long. */
    public Mono<Void> rotateAfter(Duration time) {
        return turn(turn(NOBODY, null, time, null)).then();
    }

    /** What this key has signed counts for nothing any more; false when there is no such key. */
    public Mono<Boolean> withdraw(String keyId, String by) {
        return store.withdraw(turn(by, null, null, keyId)).doOnNext(_ -> forget());
    }

    private Mono<Void> turn(KeyTurn turn) {
        return store.turn(turn).doOnSuccess(_ -> forget());
    }

    private KeyTurn turn(String by, @Nullable Boolean replace, @Nullable Duration after, @Nullable String withdraw) {
        return new KeyTurn(
                terms.purpose(),
                by,
                replace,
                after == null ? null : after.toMillis() / 1000.0,
                terms.ahead(),
                withdraw,
                sealed.make(),
                sealed.make());
    }

    private void forget() {
        keys = new Keys();
    }

    /** Of replicas that start at once the first one's key stays; the others read it. */
    private Mono<List<StoredKey>> readOrMake() {
        return read().filter(all -> all.stream().anyMatch(StoredKey::isActive))
                .switchIfEmpty(Mono.defer(
                        () -> store.turn(turn(NOBODY, null, null, null)).then(read())));
    }

    private Mono<List<StoredKey>> read() {
        return store.good(terms.purpose(), terms.keepFor()).collectList();
    }

    private ECKey open(StoredKey key) {
        return sealed.open(key);
    }

    private static List<ECKey> published(List<StoredKey> all) {
        return all.stream().map(SealedKeys::published).toList();
    }
}
