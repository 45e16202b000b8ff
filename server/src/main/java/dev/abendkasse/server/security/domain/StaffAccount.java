package dev.abendkasse.server.security.domain;

import java.util.Set;

/**
 * An account of the organiser's own staff that may sign in.
 *
 * @param version what its tokens carry
 */
public record StaffAccount(String userName, String passwordHash, Set<String> scopes, long version) {}
