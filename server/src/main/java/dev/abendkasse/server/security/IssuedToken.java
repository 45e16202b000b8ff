package dev.abendkasse.server.security;

import java.time.Duration;
import java.util.Set;

/** An access token that was just made. */
public record IssuedToken(String value, Duration lifetime, Set<String> scopes) {}
