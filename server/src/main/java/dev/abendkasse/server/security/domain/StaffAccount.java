package dev.abendkasse.server.security.domain;

import java.util.Set;

/** An account of the organiser's own staff. */
public record StaffAccount(String userName, String passwordHash, Set<String> scopes) {}
