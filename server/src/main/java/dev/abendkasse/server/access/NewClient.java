package dev.abendkasse.server.access;

import dev.abendkasse.server.shared.Idempotency;
import java.util.Set;

/** A program to be added, and by whom. */
public record NewClient(String clientId, String name, Set<String> scopes, String by, Idempotency repeat) {}
