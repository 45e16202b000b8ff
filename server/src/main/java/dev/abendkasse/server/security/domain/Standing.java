package dev.abendkasse.server.security.domain;

import java.util.Set;

/**
 * What an account may do now.
 *
 * @param version goes up with every change
 * @param tokensSince tokens made under an earlier version are worth nothing
 */
public record Standing(long version, long tokensSince, boolean locked, Set<String> scopes) {

    /** Whether a token shows that the account has changed since this was read. */
    public boolean isOlderThan(long tokenVersion) {
        return version < tokenVersion;
    }

    public boolean admits(long tokenVersion) {
        return !locked && tokenVersion >= tokensSince;
    }
}
