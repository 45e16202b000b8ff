package dev.abendkasse.server.security.domain;

import java.util.Set;

/**
 * What an account that is not locked may do now.
 *
 * @param tokenVersion what its tokens must carry
 */
public record Standing(long tokenVersion, Set<String> scopes) {}
