package dev.abendkasse.server.access;

import dev.abendkasse.server.access.domain.AccessResult;
import dev.abendkasse.server.access.domain.ClientCommand;
import dev.abendkasse.server.access.domain.ClientView;
import dev.abendkasse.server.access.domain.MadeSecret;
import dev.abendkasse.server.access.store.ApiClientDeskStore;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Accounts of programs, for admins. Their secrets are derived, so that the same request can get the same one again. */
@Service
public class ApiClientDesk {

    private static final String PURPOSE = "api-client";

    private final ApiClientDeskStore store;
    private final Secrets secrets;

    ApiClientDesk(ApiClientDeskStore store, Secrets secrets) {
        this.store = store;
        this.secrets = secrets;
    }

    /** The oldest first. */
    public Mono<Page<ClientView>> list(@Nullable TimeCursor<String> after, int limit) {
        return store.list(after, limit + 1)
                .collectList()
                .map(found -> Page.of(found, limit, one -> new TimeCursor<>(one.createdAt(), one.clientId()).text()));
    }

    /** Empty when there is none. */
    public Mono<ClientView> find(String clientId) {
        return store.find(clientId);
    }

    public Mono<AccessResult<NewSecret>> create(NewClient client) {
        var secretId = UUID.randomUUID();
        return store.create(new ClientCommand.Create(
                        client.clientId(),
                        client.name(),
                        client.scopes(),
                        secretId,
                        hashOf(secretId),
                        client.by(),
                        client.repeat()))
                .map(result -> result.map(this::reveal));
    }

    public Mono<AccessResult<NewSecret>> rotate(SecretRotation rotation) {
        var secretId = UUID.randomUUID();
        return store.rotate(new ClientCommand.Rotate(
                        rotation.clientId(),
                        rotation.oldSecretSeconds(),
                        secretId,
                        hashOf(secretId),
                        rotation.by(),
                        rotation.repeat()))
                .map(result -> result.map(this::reveal));
    }

    public Mono<AccessResult<ClientView>> change(ClientCommand.Change change) {
        return store.change(change);
    }

    public Mono<AccessResult<ClientView>> lock(String clientId, String by) {
        return store.lock(new ClientCommand.Lock(clientId, by));
    }

    public Mono<AccessResult<ClientView>> unlock(String clientId, String by) {
        return store.unlock(new ClientCommand.Unlock(clientId, by));
    }

    private NewSecret reveal(MadeSecret made) {
        return new NewSecret(made.client(), secretOf(made.secretId()));
    }

    private String hashOf(UUID secretId) {
        return HexFormat.of().formatHex(secrets.hash(secretOf(secretId)));
    }

    private String secretOf(UUID secretId) {
        return secrets.tokenFor(PURPOSE, secretId);
    }
}
