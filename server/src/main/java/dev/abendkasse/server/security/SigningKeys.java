package dev.abendkasse.server.security;

import com.nimbusds.jose.jwk.ECKey;
import dev.abendkasse.server.signing.KeyRecord;
import dev.abendkasse.server.signing.KeyRing;
import dev.abendkasse.server.signing.KeyRings;
import dev.abendkasse.server.signing.KeyTerms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The keys that sign access tokens. */
@Component
public class SigningKeys {

    /** Replicas still sign with it for a moment, and clocks differ. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final KeyRing ring;
    private final TokenProperties tokens;

    SigningKeys(KeyRings rings, SecurityProperties properties, TokenProperties tokens) {
        var longest = Stream.of(properties.tokenLifetime(), properties.customerTokenLifetime())
                .max(Duration::compareTo)
                .orElseThrow();
        this.ring = rings.of(new KeyTerms("access-token", tokens.freshFor(), true, longest.plus(MARGIN)));
        this.tokens = tokens;
    }

    /** The key to sign with, private part included. */
    Mono<ECKey> active() {
        return ring.active();
    }

    /** What tokens may be signed with now and soon. */
    public Mono<List<ECKey>> publicKeys() {
        return ring.publicKeys();
    }

    /** The public key of this id, also when another replica has made it just now. */
    Mono<Optional<ECKey>> publicKey(String keyId) {
        return ring.publicKeys()
                .map(keys -> find(keys, keyId))
                .flatMap(known -> known.isPresent()
                        ? Mono.just(known)
                        : ring.latestPublicKeys().map(keys -> find(keys, keyId)));
    }

    /** All keys that there have been, the latest first. */
    public Mono<List<KeyRecord>> records() {
        return ring.records().collectList();
    }

    /** From now on the next key signs. */
    public Mono<List<KeyRecord>> rotate(String by) {
        return ring.rotate(by).then(records());
    }

    /** What this key has signed is worth nothing from now on. Empty when there is no such key. */
    public Mono<List<KeyRecord>> withdraw(String keyId, String by) {
        return ring.withdraw(keyId, by).filter(Boolean::booleanValue).flatMap(_ -> records());
    }

    @Scheduled(fixedDelayString = "${abendkasse.security.look-at-keys-every:1h}")
    Mono<Void> rotateInTime() {
        return ring.rotateAfter(tokens.rotateKeysEvery());
    }

    private static Optional<ECKey> find(List<ECKey> keys, String keyId) {
        return keys.stream().filter(key -> key.getKeyID().equals(keyId)).findFirst();
    }
}
