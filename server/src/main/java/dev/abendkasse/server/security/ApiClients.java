package dev.abendkasse.server.security;

import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.security.domain.ApiClient;
import dev.abendkasse.server.security.store.AccountStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Programs that call the API in their own name. */
@Component
public class ApiClients {

    private static final int SECRET_BYTES = 32;

    private final AccountStore store;
    private final Secrets secrets;
    private final SecureRandom random = new SecureRandom();

    ApiClients(AccountStore store, Secrets secrets) {
        this.store = store;
        this.secrets = secrets;
    }

    /** The new client's secret, which is not kept; empty when the id is taken. */
    public Mono<String> create(String clientId, Set<String> scopes) {
        return Mono.fromSupplier(this::newSecret)
                .flatMap(secret -> store.insert(clientId, secrets.hash(secret), scopes)
                        .filter(Boolean::booleanValue)
                        .map(_ -> secret));
    }

    Mono<ApiClient> signIn(String clientId, String secret) {
        return store.client(clientId).filter(client -> isSecretOf(client, secrets.hash(secret)));
    }

    private static boolean isSecretOf(ApiClient client, byte[] hash) {
        var old = client.oldSecretHash();
        return MessageDigest.isEqual(client.secretHash(), hash) || old != null && MessageDigest.isEqual(old, hash);
    }

    private String newSecret() {
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }
}
