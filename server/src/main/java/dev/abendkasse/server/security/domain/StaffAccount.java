package dev.abendkasse.server.security.domain;

import java.time.Instant;
import java.util.Set;

/**
 * An account of the organiser's own staff that may sign in.
 *
 * @param passwordSetAt when its password was chosen; hashing it anew is no change
 * @param version what its tokens carry
 */
public record StaffAccount(
        String userName, String passwordHash, Instant passwordSetAt, Set<String> scopes, long version) {}
