package dev.abendkasse.server.security.domain;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A program that calls the API and may sign in.
 *
 * @param oldSecretHash that of the secret before, while it also works
 * @param version what its tokens carry
 */
public record ApiClient(
        String clientId, byte[] secretHash, byte @Nullable [] oldSecretHash, Set<String> scopes, long version) {}
