package dev.abendkasse.server.security.domain;

import java.util.Set;

/** A program that calls the API. */
public record ApiClient(String clientId, byte[] secretHash, Set<String> scopes) {}
