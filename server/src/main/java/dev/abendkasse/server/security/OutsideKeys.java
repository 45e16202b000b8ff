package dev.abendkasse.server.security;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The keys of the issuer that staff sign in with. They are read ahead of need; an issuer that is down does not matter until
 * they are too old. Made-up key ids do not make it ask again and again.
 */
@Component
class OutsideKeys {

    private static final Logger log = LoggerFactory.getLogger(OutsideKeys.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private record Known(List<JWK> keys, Instant since) {}

    private final OidcProperties properties;
    private final Mono<Known> asked;
    private volatile Known known = new Known(List.of(), Instant.MIN);

    OutsideKeys(IssuerKeys issuer, OidcProperties properties) {
        this.properties = properties;
        this.asked = Mono.defer(issuer::fetch)
                .map(found -> remember(found))
                .cache(_ -> properties.askAgainAfter(), _ -> AFTER_FAILURE, () -> Duration.ZERO);
    }

    /** Those that are known now. */
    List<JWK> keys() {
        return known.keys();
    }

    /** Sees to it that this key is known, if the issuer has it; 503 when no key is and the issuer cannot be asked. */
    Mono<Void> expect(@Nullable String keyId) {
        return Mono.defer(() -> has(keyId) ? Mono.empty() : asked.then().onErrorResume(this::unlessKnown));
    }

    @Scheduled(fixedDelayString = "${abendkasse.security.oidc.keys-for:5m}")
    Mono<Void> readAhead() {
        return properties.issuerUri() == null
                ? Mono.empty()
                : asked.then()
                        .onErrorResume(error -> Mono.fromRunnable(() -> log.warn(
                                "The keys of {} cannot be read: {}", properties.issuerUri(), error.toString())));
    }

    private Known remember(JWKSet found) {
        known = new Known(found.toPublicJWKSet().getKeys(), Instant.now());
        return known;
    }

    private boolean has(@Nullable String keyId) {
        return isUsable() && keyId != null && known.keys().stream().anyMatch(key -> keyId.equals(key.getKeyID()));
    }

    private boolean isUsable() {
        return known.since().isAfter(Instant.now().minus(properties.keysAtMostFor()));
    }

    /** A token with a key that is not known is refused then; it may be made up. */
    private Mono<Void> unlessKnown(Throwable error) {
        return isUsable()
                ? Mono.empty()
                : Mono.error(ProblemException.retryAfter(ProblemType.UNAVAILABLE, properties.askAgainAfter()));
    }
}
