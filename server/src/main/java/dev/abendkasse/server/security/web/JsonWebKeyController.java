package dev.abendkasse.server.security.web;

import com.nimbusds.jose.jwk.ECKey;
import dev.abendkasse.api.JsonWebKeysApi;
import dev.abendkasse.api.model.JsonWebKey;
import dev.abendkasse.api.model.JsonWebKeySet;
import dev.abendkasse.server.security.SigningKeys;
import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The public keys of access tokens, for anyone. */
@RestController
class JsonWebKeyController implements JsonWebKeysApi {

    private static final Duration COPY_LIVES = Duration.ofMinutes(5);

    private final SigningKeys keys;

    JsonWebKeyController(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public Mono<ResponseEntity<JsonWebKeySet>> getJsonWebKeys(ServerWebExchange exchange) {
        return keys.publicKeys()
                .map(JsonWebKeyController::toContract)
                .map(ResponseEntity.ok()
                        .cacheControl(CacheControl.maxAge(COPY_LIVES).cachePublic())::body);
    }

    private static JsonWebKeySet toContract(List<ECKey> keys) {
        return new JsonWebKeySet(
                keys.stream().map(JsonWebKeyController::toContract).toList());
    }

    private static JsonWebKey toContract(ECKey key) {
        return new JsonWebKey(
                "EC",
                "P-256",
                "ES256",
                "sig",
                key.getKeyID(),
                key.getX().toString(),
                key.getY().toString());
    }
}
