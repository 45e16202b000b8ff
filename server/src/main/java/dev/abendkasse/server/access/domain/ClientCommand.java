package dev.abendkasse.server.access.domain;

import dev.abendkasse.server.shared.Idempotency;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What is done to a program's account, and by whom. Secrets come as hex of their hashes, and as what they derive from. */
public sealed interface ClientCommand {

    record Create(
            String clientId,
            String name,
            Set<String> scopes,
            UUID secretId,
            String secretHash,
            String by,
            Idempotency repeat)
            implements ClientCommand {}

    /** @param version what its author was looking at */
    record Change(String clientId, long version, String name, Set<String> scopes, String by) implements ClientCommand {}

    record Lock(String clientId, String by) implements ClientCommand {}

    record Unlock(String clientId, String by) implements ClientCommand {}

    record Rotate(
            String clientId, int oldSecretSeconds, UUID secretId, String secretHash, String by, Idempotency repeat)
            implements ClientCommand {}

    /** @param version what its author was looking at */
    record Allot(
            String clientId,
            long version,
            boolean everything,
            List<UUID> eventIds,
            List<UUID> performanceIds,
            String by)
            implements ClientCommand {}
}
